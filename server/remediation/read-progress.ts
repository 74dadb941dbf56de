/** How far the campaign has come on a day, city-wide, by reporting unit and by what else is asked; and who is counted. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { mineralWords } from '../../geodata/catalogue/mine-sites.ts';
import type {
  FigureId,
  FigureSites,
  ProgressGrouping,
  ProgressResponse,
} from '../../geodata/contract/progress.ts';
import { periodOf } from '../../geodata/domain/period.ts';
import { duePeriod } from '../../geodata/domain/silence.ts';
import { statuses } from '../../geodata/domain/workflow.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';
import type { Database, Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import {
  attention,
  byStatus,
  type CountingDay,
  figures,
  measure,
  rowsOf,
  type StandingRow,
  standing,
  standingBefore,
} from './standing.ts';

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
type DayRow = {
  as_of: string | null;
  first_day: string | null;
  has_sample: boolean;
  first_period: string | null;
};
type UnitRow = { code: string; name: string; name_en: string; county_adcode: string | null };
type CountedRow = StandingRow & { key: string | null };
type SiteRow = StandingRow & { code: string; name: string };

export type ProgressRequest = {
  /** YYYY-MM-DD in Asia/Shanghai; null: the day the data is known to, at most `today`. */
  asOf: string | null;
  today: string;
  by: ProgressGrouping | null;
};

/** Which sites a list is asked of: by the key of each grouping, '' for those without; missing: all. */
export type SitesRequest = Omit<ProgressRequest, 'by'> & {
  figure: FigureId;
  of: Partial<Record<ProgressGrouping, string>>;
  /** Only those late by so many months; null: all. */
  months: number | null;
};

const options = { class: 'read', isRepeated: true } as const;
const snapshot = { class: 'read', isolation: 'snapshot' } as const;

/** What was effective on the day as known now. Sites that no unit reports stand under the unit ''. */
export function readProgress(
  database: Database,
  region: Pick<Region, 'counties'>,
  request: ProgressRequest,
): Promise<ProgressResponse> {
  return database.transaction((client) => progressIn(client, region, request), snapshot);
}

/** The same for who reads other things in one snapshot with it. */
export async function progressIn(
  client: Queryable,
  { counties }: Pick<Region, 'counties'>,
  { by, ...request }: ProgressRequest,
): Promise<ProgressResponse> {
  const setting = await readSetting(client, request);
  const { campaign, at } = setting;
  const units = await client.query<UnitRow>(namedSql('remediation/list-reporting-units'), [], options);
  const rows = await client.query<CountedRow>(
    namedSql('remediation/count-standings'),
    [...setting.params, by],
    options,
  );
  const figuresToday = describeFigures(setting, request, units, rows);
  const { byUnit, total } = figuresToday;
  const described = campaign === undefined ? null : describeCampaign(campaign);
  return {
    campaign: described,
    difference: described && {
      count: described.base.count - total.listed.count,
      areaSquareMeters:
        Math.round((described.base.areaSquareMeters - total.listed.areaSquareMeters) * 100) / 100,
    },
    ...figuresToday,
    groups: by === null ? null : { by, entries: describeGroups(by, { rows, byUnit, counties, at }) },
  };
}

/**
 * The sites that lie in one county, whoever reports them: `byUnit` holds the county and its zones. 下达任务 is given to the whole
 * region, so there is no campaign to compare with and no difference.
 */
export async function progressOfCounty(
  client: Queryable,
  { county, ...request }: Omit<ProgressRequest, 'by'> & { county: string },
): Promise<ProgressResponse> {
  const setting = await readSetting(client, request);
  const units = await client.query<UnitRow>(namedSql('remediation/list-reporting-units'), [], options);
  const rows = await client.query<SiteRow>(
    namedSql('remediation/list-standings'),
    [...setting.params, null, county, null, null, null],
    options,
  );
  const reporting = new Set(rows.map(({ unit }) => unit));
  const own = units.filter(
    ({ code, county_adcode }) => code === county || county_adcode === county || reporting.has(code),
  );
  return {
    campaign: null,
    difference: null,
    ...describeFigures(setting, request, own, rows),
    groups: null,
  };
}

function describeFigures(
  { known, at, comparedWith }: Awaited<ReturnType<typeof readSetting>>,
  { today }: Pick<ProgressRequest, 'today'>,
  units: readonly UnitRow[],
  rows: readonly StandingRow[],
) {
  return {
    asOf: at.day,
    comparedWith,
    reportingPeriod: duePeriod(at.day),
    firstDay: known?.first_day ?? null,
    knownUntil: known?.as_of ?? today,
    hasSampleData: known?.has_sample ?? false,
    total: standing(rows, at),
    previousTotal: standingBefore(rows, at),
    attention: attention(rows, at),
    byStatus: byStatus(rows),
    byUnit: describeUnits(units, rows, at),
  };
}

/** The sites one figure counts on the day: their number and area are the figure. */
export function readFigureSites(
  database: Database,
  { figure, of, months, ...request }: SitesRequest,
): Promise<FigureSites> {
  return database.transaction(async (client) => {
    const { at, known, params } = await readSetting(client, request);
    const rows = await client.query<SiteRow>(
      namedSql('remediation/list-standings'),
      [
        ...params,
        of.unit ?? null,
        of.county ?? null,
        of.status ?? null,
        of.plan_year ?? null,
        of.mineral ?? null,
      ],
      options,
    );
    const { area, months: monthsOf } = figures[figure];
    const counted = rowsOf(figure, rows, at).filter(
      (row) => months === null || monthsOf?.(row, at) === months,
    );
    return {
      figure,
      asOf: at.day,
      hasSampleData: known?.has_sample ?? false,
      ...measure(figure, counted, at),
      sites: counted.map((row) => ({
        code: row.code,
        name: row.name,
        unit: row.unit,
        status: row.status,
        areaSquareMeters: area(row),
        months: monthsOf?.(row, at) ?? null,
      })),
    };
  }, snapshot);
}

/** 2025-09-30 → 2025-08-31. */
export function lastDayOfMonthBefore(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, 0)).toISOString().slice(0, 10);
}

async function readSetting(client: Queryable, { asOf, today }: Omit<ProgressRequest, 'by'>) {
  const [known] = await client.query<DayRow>(namedSql('remediation/read-data-day'), [today], options);
  const [campaign] = await client.query<CampaignRow>(namedSql('remediation/find-campaign'), [], options);
  const day = asOf ?? known?.as_of ?? today;
  const comparedWith = lastDayOfMonthBefore(day);
  // Before anybody reported, the present month is the first that is asked for.
  const firstPeriod = known?.first_period ?? periodOf(known?.as_of ?? today);
  const at: CountingDay = { day, firstPeriod };
  return {
    known,
    campaign,
    comparedWith,
    at,
    params: [day, comparedWith, campaign?.id ?? null, campaign?.area_basis ?? 'declared'],
  };
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

function figuresOf(rows: readonly StandingRow[], at: CountingDay) {
  return {
    standing: standing(rows, at),
    previous: standingBefore(rows, at),
    attention: attention(rows, at),
  };
}

function describeUnits(
  units: readonly UnitRow[],
  rows: readonly StandingRow[],
  at: CountingDay,
): ProgressResponse['byUnit'] {
  const known = new Set(units.map((unit) => unit.code));
  const byUnit = Map.groupBy(rows, ({ unit }) => (unit !== null && known.has(unit) ? unit : ''));
  const described = [...units];
  if (byUnit.has('')) {
    described.push({ code: '', name: '未定填报单位', name_en: 'No reporting unit', county_adcode: null });
  }
  return described.map((unit) => ({
    code: unit.code,
    name: { zh: unit.name, en: unit.name_en },
    countyAdcode: unit.county_adcode,
    ...figuresOf(byUnit.get(unit.code) ?? [], at),
  }));
}

type Groups = NonNullable<ProgressResponse['groups']>['entries'];
type Grouped = {
  rows: readonly CountedRow[];
  byUnit: ProgressResponse['byUnit'];
  counties: Region['counties'];
  at: CountingDay;
};

function describeGroups(by: ProgressGrouping, { rows, byUnit, counties, at }: Grouped): Groups {
  if (by === 'unit') {
    return byUnit.map(({ code, name, standing: now, previous, attention: open }) => ({
      key: code,
      title: name,
      standing: now,
      previous,
      attention: open,
    }));
  }
  const grouped = [...Map.groupBy(rows, ({ key }) => key ?? '')];
  grouped.sort(([a], [b]) => (a < b ? -1 : 1));
  return grouped.map(([key, own]) => ({
    key,
    title: key === '' ? { zh: '未填', en: 'Not given' } : titleOf(by, key, counties),
    ...figuresOf(own, at),
  }));
}

function titleOf(
  by: Exclude<ProgressGrouping, 'unit'>,
  key: string,
  counties: Region['counties'],
): Bilingual {
  const plain = { zh: key, en: key };
  switch (by) {
    case 'county': {
      const county = counties.find(({ adcode }) => adcode === key);
      return county === undefined ? plain : { zh: county.name, en: county.nameEn };
    }
    case 'status':
      return Object.entries(statuses).find(([id]) => id === key)?.[1].title ?? plain;
    case 'plan_year':
      return { zh: `${key}年`, en: key };
    case 'mineral':
      return mineralWords.find(({ value }) => value === key)?.title ?? plain;
  }
}
