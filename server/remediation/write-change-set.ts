/** Many sites marked as one: a row that says so, the reports as they were, the marks, the trace in the audit. */
import type { ChangeSet } from '../../geodata/contract/change-sets.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import { auditActor, recordAudit } from '../audit/record-audit.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import type { Mark } from './mark.ts';
import { markSites } from './mark-sites.ts';
import { periodOfMark } from './plan-mark.ts';

export type SetToWrite = Pick<ChangeSet, 'kind' | 'title' | 'documentNumber' | 'undoesId'> & {
  marks: readonly Mark[];
  /** Runs when the set has its id, before the marks; the hashes it gives are evidence of every site. */
  addDocuments?: (changeSetId: string) => Promise<readonly string[]>;
  /** Facts for the audit beside kind and sites. */
  detail?: object;
};

const options = { class: 'bulk' } as const;

/** The id of the set. Runs inside a transaction of class `bulk`. Throws MarksRefusedError; nothing is written then. */
export async function writeChangeSet(
  client: Queryable,
  account: SignedInAccount,
  { kind, title, documentNumber, undoesId, marks, addDocuments, detail = {} }: SetToWrite,
): Promise<string> {
  const [row] = await client.query<{ id: string }>(
    namedSql('remediation/add-change-set'),
    [kind, title, documentNumber, account.id, account.name, marks.length, undoesId],
    options,
  );
  if (row === undefined) throw new Error('a change set was not added');
  const ofReports = marks.flatMap((mark) => {
    const period = periodOfMark(mark);
    return period === null || mark.kind === 'undo' ? [] : [{ code: mark.code, period }];
  });
  if (ofReports.length > 0) {
    await client.query(
      namedSql('remediation/keep-former-reports'),
      [row.id, ofReports.map(({ code }) => code), ofReports.map(({ period }) => period)],
      options,
    );
  }
  const setDocuments = (await addDocuments?.(row.id)) ?? [];
  await markSites(client, account, marks, { changeSetId: row.id, setDocuments });
  if (undoesId !== null) await client.query(namedSql('remediation/renew-effects'), [row.id], options);
  await recordAudit(client, {
    actor: auditActor(account),
    action: undoesId === null ? 'change-set.make' : 'change-set.undo',
    subject: row.id,
    detail: { kind, title, sites: marks.length, ...detail },
  });
  return row.id;
}
