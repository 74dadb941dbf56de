/** Whether every chain of the trace holds, and of one that does not the first broken row and what is wrong with it. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { Database, Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';

/** `missing`: no row at this place, or the end was cut off. `linked`: it does not follow from the row before. */
export type Difference = 'missing' | 'columns' | 'linked' | 'end';

export type Break = {
  seq: string;
  /** Code of the site, or subject of the audit; null where there is no row. */
  subject: string | null;
  differs: Difference;
  /** Of `columns`: what the row says now and what was hashed, by name, where both can be told. */
  fields: readonly { name: string; now: string | null; hashed: string | null }[];
};

export type VerifiedChain = {
  chain: 'events' | 'audit';
  /** Dataset of the events; null for the audit. */
  dataset: string | null;
  count: string;
  broken: Break | null;
};

export type VerifiedTrace = { chains: VerifiedChain[] };

type ChainRow = { dataset: string | null; count: string; broken_at: string | null };
type BrokenRow = {
  subject: string | null;
  text_now: string | null;
  text_hashed: string | null;
  is_linked: boolean | null;
};

const bulk = { class: 'bulk' } as const;

/** All chains, those of events by dataset and then the audit, as of one moment. */
export function verifyTrace(database: Database): Promise<VerifiedTrace> {
  return database.transaction(
    async (client) => {
      const events = await client.query<ChainRow>(namedSql('system/verify-events'), [], bulk);
      const audit = await client.query<ChainRow>(namedSql('system/verify-audit'), [], bulk);
      const chains: VerifiedChain[] = [];
      for (const row of [...events, ...audit]) chains.push(await describe(client, row));
      return { chains };
    },
    { class: 'bulk', isolation: 'snapshot' },
  );
}

async function describe(client: Queryable, row: ChainRow): Promise<VerifiedChain> {
  return {
    chain: row.dataset === null ? 'audit' : 'events',
    dataset: row.dataset,
    count: row.count,
    broken: row.broken_at === null ? null : await describeBroken(client, row.dataset, row.broken_at),
  };
}

async function describeBroken(client: Queryable, dataset: string | null, seq: string): Promise<Break> {
  const [row] =
    dataset === null
      ? await client.query<BrokenRow>(namedSql('system/describe-broken-audit'), [seq], bulk)
      : await client.query<BrokenRow>(namedSql('system/describe-broken-event'), [dataset, seq], bulk);
  if (row === undefined) return { seq, subject: null, differs: 'missing', fields: [] };
  const { subject, text_now, text_hashed, is_linked } = row;
  if (text_now !== text_hashed) {
    return {
      seq,
      subject,
      differs: 'columns',
      fields: differing(text_now, text_hashed, dataset === null ? auditFields : eventFields),
    };
  }
  return { seq, subject, differs: is_linked === true ? 'end' : 'linked', fields: [] };
}

/** The texts that are hashed are JSON arrays; their members by version of the text. */
const auditFields: Record<string, readonly string[]> = {
  'lantu-audit-1': ['version', 'seq', 'at', 'actor', 'action', 'subject', 'detail'],
};
const eventFields: Record<string, readonly string[]> = {
  'lantu-event-1': [
    ...[
      'version',
      'dataset_id',
      'seq',
      'site_code',
      'status',
      'effective_on',
      'period',
      'recorded_at',
      'recorded_by',
    ],
    ...['progress_percent', 'treated_area_m2', 'note'],
  ],
  'lantu-event-2': [
    ...[
      'version',
      'dataset_id',
      'seq',
      'site_code',
      'kind',
      'sets_state',
      'status_before',
      'status',
      'effective_on',
    ],
    ...[
      'period',
      'recorded_at',
      'recorded_by',
      'actor_id',
      'progress_percent',
      'treated_area_m2',
      'note',
      'changes',
    ],
    ...['facts', 'reason', 'evidence', 'report_id', 'change_set_id'],
  ],
};

function differing(
  now: string | null,
  hashed: string | null,
  fieldsOf: Record<string, readonly string[]>,
): Break['fields'] {
  const [present, former] = [readArray(now), readArray(hashed)];
  const names = fieldsOf[String(former?.[0])];
  if (present === null || former === null || names === undefined || present[0] !== former[0]) return [];
  return names.flatMap((name, index) =>
    present[index] === former[index]
      ? []
      : [{ name, now: present[index] ?? null, hashed: former[index] ?? null }],
  );
}

function readArray(text: string | null): (string | null)[] | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return Array.isArray(value) ? value.map((one) => (one === null ? null : String(one))) : null;
  } catch {
    return null;
  }
}

/** One line about a chain. */
export function describeBreak({ chain, dataset, count, broken }: VerifiedChain): Bilingual {
  const name =
    chain === 'audit'
      ? { zh: '操作日志', en: 'the audit' }
      : { zh: `数据集 ${dataset} 的留痕`, en: `the events of dataset ${dataset}` };
  if (broken === null) {
    return { zh: `✓ ${name.zh}:${count} 条,逐条相符`, en: `✓ ${name.en}: ${count}, all hold` };
  }
  const { seq, subject } = broken;
  const what = wordsOf(broken);
  const of = subject === null ? '' : `(${subject})`;
  return {
    zh: `✗ ${name.zh}:第 ${seq} 条${of}起对不上,${what.zh}`,
    en: `✗ ${name.en}: broken at number ${seq}${subject === null ? '' : ` (${subject})`}, ${what.en}`,
  };
}

function wordsOf({ differs, fields }: Break): Bilingual {
  switch (differs) {
    case 'missing':
      return { zh: '这一条不见了', en: 'the row is missing' };
    case 'columns': {
      if (fields.length === 0)
        return { zh: '内容与所存原文不符', en: 'its columns differ from the text that was hashed' };
      const list = fields.map(({ name, now, hashed }) => `${name} ${show(hashed)} → ${show(now)}`);
      return { zh: `内容被改:${list.join('、')}`, en: `changed: ${list.join(', ')}` };
    }
    case 'linked':
      return { zh: '散列与前一条接不上', en: 'its hash does not follow from the row before' };
    case 'end':
      return { zh: '链尾的记录与这一条不符', en: 'the end of the chain says otherwise' };
  }
}

function show(value: string | null): string {
  return value === null ? '∅' : `“${value.length > 80 ? `${value.slice(0, 80)}…` : value}”`;
}
