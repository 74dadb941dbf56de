/**
 * Fills a migrated database from an archive, in one transaction: afterwards it holds exactly what the archive
 * holds, or what it held before. Triggers stay off, so that values come back as they were.
 */
import { createHash } from 'node:crypto';
import { recordAudit } from '../audit/record-audit.ts';
import type { Queryable } from '../db/database.ts';
import { quoteIdentifier } from '../db/layer-sql.ts';
import { type LantuError, UnprocessableError } from '../errors.ts';
import type { ArchiveHeader, ArchiveTable } from './archive-format.ts';
import { readArchive, verifyArchive } from './read-archive.ts';
import { restoreFiles } from './restore-files.ts';
import { readTablePlans, type TablePlan } from './table-plan.ts';
import type { ArchiveContext } from './write-archive.ts';

export type RestoreOptions = {
  /** Empties a database that has rows; without it such a database is refused. */
  replace: boolean;
  /** Takes an archive whose event chains do not hold (it was made of such a database), and notes it in the audit. */
  allowBrokenChain: boolean;
  signal: AbortSignal;
  /** Called after all checks, before the first change, when rows are about to be replaced. */
  beforeReplace?: () => Promise<void>;
};

export type RestoreSummary = { tables: number; rows: number; files: number };

const batchBytes = 4_000_000;
const batchRows = 1_000;

/** Throws UnprocessableError with what is wrong; the database is then as it was. */
export async function restoreArchive(
  { database, region, config }: ArchiveContext,
  path: string,
  options: RestoreOptions,
): Promise<RestoreSummary> {
  const { signal } = options;
  const { header, files } = await verifyArchive(path, signal);
  await refuseOtherSchema(database, header);
  if (header.region !== region.id) throw otherRegion(header.region, region.id);
  const isReplaced = await hasRows(database, await readTablePlans(database));
  if (isReplaced && !options.replace) throw notEmpty();
  if (isReplaced) await options.beforeReplace?.();
  if (files > 0) await restoreFiles(config.dataDir, path, signal);
  const summary = await database.transaction(
    async (client) => {
      const plans = await readTablePlans(client);
      const names = plans.map(({ name }) => name).join(', ');
      await client.query(`lock table ${names} in access exclusive mode`, [], { class: 'bulk' });
      // Rows written since the question above are as good a reason.
      if (!isReplaced && (await hasRows(client, plans))) throw notEmpty();
      const revisionsBefore = await readRevisions(client);
      for (const { name } of plans) await client.query(`alter table ${name} disable trigger user`, [], bulk);
      if (isReplaced) await client.query(`truncate ${names}`, [], bulk);
      // Not part of an archive: whoever was signed in is somebody else's account now.
      await client.query('truncate app.session, app.sign_in_attempt', [], bulk);
      await client.query('select app.clear_stage()', [], bulk);
      const rows = await load(client, path, plans, signal);
      await continueIdentities(client, header, plans);
      await raiseRevisions(client, revisionsBefore);
      for (const { name } of plans) await client.query(`alter table ${name} enable trigger user`, [], bulk);
      await verifyChains(client, options.allowBrokenChain);
      if (isReplaced) await noteRestore(client, header);
      return { tables: header.tables.length, rows, files };
    },
    { class: 'bulk' },
  );
  await database.query('analyze', [], bulk);
  return summary;
}

const bulk = { class: 'bulk' } as const;

async function refuseOtherSchema(client: Queryable, header: ArchiveHeader): Promise<void> {
  const own = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from app.schema_migration',
    [],
    { class: 'lookup' },
  );
  const checksums = new Map(own.map(({ name, checksum }) => [name, checksum]));
  const unknown = header.migrations.find(({ name, checksum }) => checksums.get(name) !== checksum);
  if (unknown !== undefined) {
    throw new UnprocessableError({
      zh: `备份由较新版本的览图写成(迁移 ${unknown.name} 与本程序不符),请用较新版本恢复。`,
      en: `The archive was written by a newer Lantu (migration ${unknown.name} is not this program's); restore it with that one.`,
    });
  }
  if (header.migrations.length < own.length) {
    const last = header.migrations.at(-1)?.name ?? '';
    throw new UnprocessableError({
      zh: `备份由较旧版本的览图写成(到迁移 ${last} 为止)。请用该版本恢复到空的数据目录,再用本版本打开,数据会自动升级。`,
      en: `The archive was written by an older Lantu (up to migration ${last}). Restore it with that version into an empty data folder, then open that folder with this one, which brings it up to date.`,
    });
  }
}

async function hasRows(client: Queryable, plans: readonly TablePlan[]): Promise<boolean> {
  const any = plans.map(({ name }) => `exists (select 1 from ${name})`).join(' or ');
  const [answer] = await client.query<{ filled: boolean }>(`select ${any} as filled`, [], bulk);
  return answer?.filled === true;
}

async function load(
  client: Queryable,
  path: string,
  plans: readonly TablePlan[],
  signal: AbortSignal,
): Promise<number> {
  let rows = 0;
  let batch: (string | null)[][] = [];
  let bytes = 0;
  let insert: { text: string; width: number } | undefined;
  const flush = async (): Promise<void> => {
    if (insert === undefined || batch.length === 0) return;
    signal.throwIfAborted();
    const arrays = Array.from({ length: insert.width }, (_, column) =>
      batch.map((row) => row[column] ?? null),
    );
    await client.query(insert.text, arrays, bulk);
    rows += batch.length;
    batch = [];
    bytes = 0;
  };
  for await (const part of readArchive(path)) {
    // Files are in their place already.
    if (part.kind === 'file') break;
    if (part.kind === 'table') {
      await flush();
      insert = insertInto(part.table, plans);
    } else if (part.kind === 'row') {
      batch.push(part.values);
      bytes += part.bytes;
      if (batch.length >= batchRows || bytes >= batchBytes) await flush();
    }
  }
  await flush();
  return rows;
}

function insertInto(table: ArchiveTable, plans: readonly TablePlan[]): { text: string; width: number } {
  const plan = plans.find(({ name }) => name === table.name);
  const columns = table.columns.map((name) => {
    const column = plan?.columns.find((candidate) => candidate.name === name);
    if (plan === undefined || column === undefined) {
      throw new Error(`the archive names ${table.name}.${name}, which its migrations do not make`);
    }
    return column;
  });
  const values = columns.map(({ type }, index) => `v.c${index}::${type}`).join(', ');
  const arrays = columns.map((_, index) => `$${index + 1}::text[]`).join(', ');
  const aliases = columns.map((_, index) => `c${index}`).join(', ');
  return {
    text: `insert into ${table.name} (${columns.map(({ name }) => quoteIdentifier(name)).join(', ')})
           overriding system value select ${values} from unnest(${arrays}) as v(${aliases})`,
    width: columns.length,
  };
}

/** By ALTER TABLE, because setval would outlive a rollback. */
async function continueIdentities(
  client: Queryable,
  header: ArchiveHeader,
  plans: readonly TablePlan[],
): Promise<void> {
  for (const { name, identity } of header.tables) {
    if (identity === null || !plans.some((plan) => plan.name === name)) continue;
    const next = BigInt(identity.last) + (identity.isCalled ? 1n : 0n);
    const column = quoteIdentifier(identity.column);
    await client.query(`alter table ${name} alter column ${column} restart with ${next}`, [], bulk);
  }
}

type Revision = { layer_id: string; revision: string };

function readRevisions(client: Queryable): Promise<Revision[]> {
  return client.query<Revision>(
    'select layer_id, revision::text as revision from app.layer_revision',
    [],
    bulk,
  );
}

/** A revision this database has used must not come back with other data, or caches would answer the old. */
async function raiseRevisions(client: Queryable, before: readonly Revision[]): Promise<void> {
  await client.query(
    `insert into app.layer_revision as r (layer_id, revision)
     select b.layer_id, b.revision + 1 from unnest($1::text[], $2::bigint[]) as b(layer_id, revision)
     on conflict (layer_id) do update
       set revision = greatest(r.revision, excluded.revision - 1) + 1, changed_at = now()`,
    [before.map((row) => row.layer_id), before.map((row) => row.revision)],
    bulk,
  );
}

async function verifyChains(client: Queryable, allowBroken: boolean): Promise<void> {
  const broken = await client.query<{ dataset: string | null; seq: string }>(
    `select c.dataset_id::text as dataset, v.seq::text as seq
     from app.event_chain as c cross join lateral app.verify_event_chain(c.dataset_id) as v(seq)
     where v.seq is not null
     union all
     select null, v.seq::text from app.verify_audit_chain() as v(seq) where v.seq is not null
     order by 1`,
    [],
    bulk,
  );
  const first = broken[0];
  if (first === undefined) return;
  if (!allowBroken) {
    const zh = first.dataset === null ? '操作日志' : `数据集 ${first.dataset}`;
    const en = first.dataset === null ? 'the audit' : `dataset ${first.dataset}`;
    throw new UnprocessableError({
      zh: `备份中的留痕链不成立(${zh},第 ${first.seq} 条起),没有恢复。确需恢复请加 --allow-broken-chain,此事会记入操作日志。`,
      en: `A chain in the archive does not hold (${en}, from number ${first.seq}); nothing was restored. To restore it all the same give --allow-broken-chain, which is noted in the audit.`,
    });
  }
  await audit(client, 'restore-broken-chain', { broken });
}

async function noteRestore(client: Queryable, header: ArchiveHeader): Promise<void> {
  const digest = createHash('sha256').update(JSON.stringify(header)).digest('hex');
  await audit(client, 'restore-replace', { createdAt: header.createdAt, headerSha256: digest });
}

function audit(client: Queryable, action: string, detail: object): Promise<void> {
  return recordAudit(client, { actor: 'command-line', action, subject: 'database', detail });
}

function otherRegion(archived: string, own: string): LantuError {
  return new UnprocessableError({
    zh: `备份属于地区“${archived}”,本系统设置的地区是“${own}”(LANTU_REGION)。`,
    en: `The archive belongs to the region "${archived}"; this system is set to "${own}" (LANTU_REGION).`,
  });
}

function notEmpty(): LantuError {
  return new UnprocessableError({
    zh: '数据库不是空的,没有恢复。要用备份替换现有数据请加 --replace(会先自动备份现有数据)。',
    en: 'The database is not empty; nothing was restored. To replace what it holds give --replace (a backup of it is made first).',
  });
}
