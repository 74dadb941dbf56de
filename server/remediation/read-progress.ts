/** How far the campaign has come on a day, city-wide and by reporting unit. */
import type { ProgressResponse } from '../../geodata/contract/progress.ts';
import type { Database } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { byStatus, overdue, type StandingRow, standing } from './standing.ts';

type CampaignRow = {
  id: string;
  code: string;
  name: string;
  name_en: string;
  document: string;
  base_count: number;
  base_area_m2: number;
  area_basis: 'declared' | 'measured' | 'accepted';
  from_on: string;
  to_on: string;
};
type UnitRow = { code: string; name: string; name_en: string; county_adcode: string | null };

const options = { class: 'read' } as const;

/**
 * Progress effective on `asOf` as known now; null: on the day the data is known to, at most `today`.
 * Both are days as YYYY-MM-DD in Asia/Shanghai. Sites that no unit reports stand under the unit ''.
 */
export function readProgress(
  database: Database,
  asOf: string | null,
  today: string,
): Promise<ProgressResponse> {
  return database.transaction(
    async (client) => {
      const [known] = await client.query<{ as_of: string | null; has_sample: boolean }>(
        namedSql('remediation/read-data-day'),
        [today],
        options,
      );
      const [campaign] = await client.query<CampaignRow>(namedSql('remediation/find-campaign'), [], options);
      const units = await client.query<UnitRow>(namedSql('remediation/list-reporting-units'), [], options);
      const day = asOf ?? known?.as_of ?? today;
      const before = lastDayOfMonthBefore(day);
      const rows = await client.query<StandingRow>(
        namedSql('remediation/count-standings'),
        [day, before, campaign?.id ?? null, campaign?.area_basis ?? 'declared'],
        options,
      );
      return {
        campaign: campaign === undefined ? null : describeCampaign(campaign),
        asOf: day,
        comparedWith: before,
        hasSampleData: known?.has_sample ?? false,
        total: standing(rows, 'status'),
        previousTotal: standing(rows, 'status_before'),
        byStatus: byStatus(rows),
        byUnit: describeUnits(units, rows),
        overdue: overdue(rows),
      };
    },
    { class: 'read', isolation: 'snapshot' },
  );
}

/** 2025-09-30 → 2025-08-31. */
export function lastDayOfMonthBefore(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, 0)).toISOString().slice(0, 10);
}

function describeCampaign(row: CampaignRow): NonNullable<ProgressResponse['campaign']> {
  return {
    code: row.code,
    name: { zh: row.name, en: row.name_en },
    document: row.document,
    base: { count: row.base_count, areaSquareMeters: row.base_area_m2 },
    areaBasis: row.area_basis,
    from: row.from_on,
    to: row.to_on,
  };
}

function describeUnits(units: readonly UnitRow[], rows: readonly StandingRow[]): ProgressResponse['byUnit'] {
  const known = new Set(units.map((unit) => unit.code));
  const without = rows.filter((row) => row.unit === null || !known.has(row.unit));
  const described = units.map((unit) => ({
    unit,
    rows: rows.filter((row) => row.unit === unit.code),
  }));
  if (without.length > 0) {
    const unassigned = { code: '', name: '未定填报单位', name_en: 'No reporting unit', county_adcode: null };
    described.push({ unit: unassigned, rows: without });
  }
  return described.map(({ unit, rows: own }) => ({
    code: unit.code,
    name: { zh: unit.name, en: unit.name_en },
    countyAdcode: unit.county_adcode,
    standing: standing(own, 'status'),
    previous: standing(own, 'status_before'),
  }));
}
