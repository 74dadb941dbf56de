/** Evidence that marks bring along, and what belongs to their reports already. */
import { requirementIds } from '../../geodata/domain/workflow.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import type { Mark, StoredEvidence } from './mark.ts';
import { evidenceOf, takesJoined } from './plan-mark.ts';
import type { SiteRecord } from './site-record.ts';

type EvidenceRow = {
  id: string;
  site_code: string;
  report_id: string | null;
  kind: 'photo' | 'document';
  moment: 'before' | 'during' | 'after' | null;
  purpose: string | null;
  sha256: string;
  is_doubtful: boolean;
};

export type EvidenceOfMark = (mark: Mark) => {
  brought: readonly StoredEvidence[];
  /** Ids named that are not there, were withdrawn, or belong to another site. */
  foreign: readonly string[];
};

export async function loadEvidence(
  client: Queryable,
  sites: ReadonlyMap<string, SiteRecord>,
  marks: readonly Mark[],
): Promise<EvidenceOfMark> {
  const ids = marks.flatMap(evidenceOf);
  const joining = marks.filter(takesJoined).flatMap(({ code }) => sites.get(code)?.report?.id ?? []);
  const rows =
    ids.length + joining.length === 0
      ? []
      : await client.query<EvidenceRow>(
          namedSql('remediation/load-evidence'),
          [marks.map(({ code }) => code), ids, joining],
          { class: 'read' },
        );
  const known = Map.groupBy(rows.map(toEvidence), ({ siteCode }) => siteCode);
  return (mark) => {
    const named = new Set(evidenceOf(mark));
    const reportId = takesJoined(mark) ? (sites.get(mark.code)?.report?.id ?? null) : null;
    const brought = (known.get(mark.code) ?? []).filter(
      (one) => named.has(one.id) || (reportId !== null && one.reportId === reportId),
    );
    return { brought, foreign: [...named].filter((id) => !brought.some((one) => one.id === id)) };
  };
}

function toEvidence(row: EvidenceRow): StoredEvidence {
  return {
    id: row.id,
    siteCode: row.site_code,
    reportId: row.report_id,
    kind: row.kind,
    moment: row.moment,
    purpose: requirementIds.find((id) => id === row.purpose) ?? null,
    sha256: row.sha256,
    isDoubtful: row.is_doubtful,
  };
}
