/** Change sets as they are listed, each with why it cannot be taken back by who asks. */
import type { ChangeSet, ChangeSetList } from '../../geodata/contract/change-sets.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import { can } from '../../geodata/domain/can.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { NotFoundError } from '../errors.ts';

type SetRow = {
  id: string;
  kind: ChangeSet['kind'];
  title: string;
  document_number: string | null;
  actor_id: string | null;
  actor: string;
  made_at: string;
  site_count: number;
  undoes_id: string | null;
  undone_by_id: string | null;
  documents: ChangeSet['documents'];
  is_marked_since: boolean;
  is_opened: boolean;
};

export type SetPage = { before: string | null; limit: number };
export const mostSets = 100;

/** Newest first. */
export async function listChangeSets(
  client: Queryable,
  account: SignedInAccount,
  { before, limit }: SetPage,
): Promise<ChangeSetList> {
  const rows = await load(client, [before, limit + 1, null]);
  const page = rows.slice(0, limit);
  return {
    changeSets: page.map((row) => toChangeSet(row, account)),
    nextBefore: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** Throws NotFoundError. */
export async function readChangeSet(
  client: Queryable,
  account: SignedInAccount,
  id: string,
): Promise<ChangeSet> {
  const [row] = await load(client, [null, 1, id]);
  if (row === undefined) throw noSuchSet();
  return toChangeSet(row, account);
}

export function noSuchSet(): NotFoundError {
  return new NotFoundError({ zh: '没有这次成批变更。', en: 'There is no such change set.' });
}

/** Whether the account may take back what this maker made; whether it may still mark each site is asked with the marks. */
export function mayUndo(account: SignedInAccount, makerId: string | null): boolean {
  return makerId === account.id || can(account, 'review_city', { id: 'mine_sites' });
}

function load(client: Queryable, params: readonly unknown[]): Promise<SetRow[]> {
  return client.query<SetRow>(namedSql('remediation/list-change-sets'), params, { class: 'read' });
}

function toChangeSet(row: SetRow, account: SignedInAccount): ChangeSet {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    documentNumber: row.document_number,
    actor: row.actor,
    madeAt: row.made_at,
    siteCount: row.site_count,
    undoesId: row.undoes_id,
    undoneById: row.undone_by_id,
    documents: row.documents,
    undoObstacle: obstacleOf(row, account),
  };
}

function obstacleOf(row: SetRow, account: SignedInAccount): ChangeSet['undoObstacle'] {
  if (row.kind === 'undo') return 'is_undo';
  if (row.undone_by_id !== null) return 'undone';
  if (!mayUndo(account, row.actor_id)) return 'not_yours';
  const isWithdrawal = row.is_opened && !can(account, 'review_city', { id: 'mine_sites' });
  return row.is_marked_since || isWithdrawal ? 'marked_since' : null;
}
