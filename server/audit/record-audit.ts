/** The one way into the audit (操作日志): what was done, by whom, to what. Never holds a password or a token. */
import type { Account } from '../../geodata/contract/session.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';

export type AuditRecord = {
  /** Username of the account, or the command: `npm run import`. */
  actor: string;
  /** `account.add`, `session.open`; plain words for what came before there were accounts: `import`. */
  action: string;
  /** Layer id, username, … that it was done to. */
  subject: string;
  /** Further facts as JSON. */
  detail?: object;
};

/** The name of an account in the audit: its username, which is unique. */
export function auditActor(account: Account): string {
  return account.role === 'anonymous' ? 'anonymous' : account.username;
}

/**
 * Appends to the chain. In a transaction as its last statement: the chain stays locked until it ends.
 */
export async function recordAudit(client: Queryable, ...records: readonly AuditRecord[]): Promise<void> {
  if (records.length === 0) return;
  await client.query(
    namedSql('audit/record'),
    [
      records.map(({ actor }) => actor),
      records.map(({ action }) => action),
      records.map(({ subject }) => subject),
      records.map(({ detail = {} }) => JSON.stringify(detail)),
    ],
    { class: 'lookup' },
  );
}
