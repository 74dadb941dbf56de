/** Entries of the audit, newest first, as pages. */
import type { AuditEntry, AuditPage } from '../../geodata/contract/audit.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';

export type AuditQuestion = {
  /** First and last day, YYYY-MM-DD in Asia/Shanghai; null: no bound. */
  from: string | null;
  to: string | null;
  /** The action, or what it begins with before a full stop: `account` finds `account.add`. */
  action: string | null;
  actor: string | null;
  /** Only entries before this place in the chain. */
  before: number | null;
};

type AuditRow = Omit<AuditEntry, 'seq'> & { seq: string };

export async function listAudit(
  client: Queryable,
  { from, to, action, actor, before }: AuditQuestion,
  limit: number,
): Promise<AuditPage> {
  const rows = await client.query<AuditRow>(
    namedSql('audit/list'),
    [from, to, action, actor, before, limit + 1],
    { class: 'read', readsOnly: true },
  );
  const entries = rows.slice(0, limit).map(({ seq, ...rest }) => ({ ...rest, seq: Number(seq) }));
  return { entries, next: rows.length > limit ? (entries.at(-1)?.seq ?? null) : null };
}

/** Every entry, page after page: what is appended meanwhile comes before the first and is not among them. */
export async function* readWholeAudit(
  client: Queryable,
  question: AuditQuestion,
): AsyncGenerator<AuditEntry[]> {
  let before = question.before;
  do {
    const page = await listAudit(client, { ...question, before }, 1_000);
    yield page.entries;
    before = page.next;
  } while (before !== null);
}
