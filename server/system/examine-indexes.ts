/** Whether queries can be fast: indexes that are there, whole and used, and statistics that say how large tables are. */
import { quoteIdentifier } from '../db/layer-sql.ts';
import { readSqlFiles } from '../db/migrate.ts';
import { namedSql } from '../db/named-sql.ts';
import { type Examination, type Finding, finding } from './finding.ts';

const read = { class: 'read' } as const;

/** On fewer rows the planner rightly reads the whole table: there it is only asked whether it could use the index. */
const enoughRows = 5_000;

export const examineIndexes: Examination = async ({ database, catalogue, region }) => {
  const findings: Finding[] = [];
  const standing = await database.query<{ name: string; valid: boolean }>(
    namedSql('system/list-indexes'),
    [],
    read,
  );
  const valid = new Map(standing.map((index) => [index.name, index.valid]));
  const definitions = definedIndexes(readSqlFiles().migrations.map(({ text }) => text));
  for (const [name, definition] of definitions) {
    if (!valid.has(name)) findings.push(missingIndex(name, definition));
  }
  for (const [name, isValid] of valid) if (!isValid) findings.push(brokenIndex(name));
  const [west = 0, south = 0] = region.extent;
  let used = 0;
  for (const { id, table } of catalogue) {
    const name = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
    const plan = await database.transaction(
      async (client) => {
        const [size] = await client.query<{ rows: string }>(`select count(*) as rows from ${name}`, [], read);
        if (Number(size?.rows) < enoughRows) await client.query('set local enable_seqscan = off', [], read);
        const [row] = await client.query<{ 'QUERY PLAN': unknown }>(
          `explain (format json) select 1 from ${name} as f where f.${quoteIdentifier(table.geometry)} && ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, ${table.srid})`.replaceAll(
            /\$(\d)/g,
            (_whole, at: string) => String([west, south, west + 0.01, south + 0.01][Number(at) - 1]),
          ),
          [],
          read,
        );
        return JSON.stringify(row?.['QUERY PLAN']);
      },
      { class: 'read' },
    );
    if (/"Index Name"/.test(plan)) used += 1;
    else findings.push(unusedIndex(id, name));
  }
  if (findings.length > 0) return findings;
  return [
    finding(
      'good',
      `索引:${definitions.size} 个齐全有效,${used} 个图层的范围查询都用空间索引`,
      `Indexes: all ${definitions.size} there and valid; bbox queries of all ${used} layers use theirs`,
    ),
  ];
};

/** Statement by name of every index the migrations create and do not drop again. */
export function definedIndexes(migrations: readonly string[]): Map<string, string> {
  const definitions = new Map<string, string>();
  for (const text of migrations) {
    const code = text.replace(/--.*$/gm, '');
    for (const [whole, , name = ''] of code.matchAll(/create (unique )?index (\w+) on [^;]+/gi))
      definitions.set(name, whole.replace(/\s+/g, ' '));
    for (const [, name = ''] of code.matchAll(/drop index (?:if exists )?(?:\w+\.)?(\w+)/gi))
      definitions.delete(name);
  }
  return definitions;
}

export const examineStatistics: Examination = async ({ database, catalogue }) => {
  const stale: string[] = [];
  for (const { table } of catalogue) {
    const name = `${table.schema}.${table.name}`;
    const quoted = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
    const [row] = await database.query<{ rows: string; estimate: number }>(
      `select (select count(*) from ${quoted}) as rows, c.reltuples::float8 as estimate from pg_class as c where c.oid = $1::regclass`,
      [quoted],
      read,
    );
    const rows = Number(row?.rows);
    if (Math.abs(rows - (row?.estimate ?? 0)) > 100 + rows / 5) stale.push(name);
  }
  if (stale.length === 0)
    return [finding('good', '统计信息:与数据相符', 'Statistics: in keeping with the data')];
  const command = `analyze ${stale.join(', ')};`;
  return [
    finding(
      'note',
      `统计信息过时,查询可能变慢:${stale.join('、')}。${database.engine === 'embedded' ? '服务空闲时会自动更新' : `请执行:${command}`}`,
      `Statistics are stale and queries may be slow: ${stale.join(', ')}. ${database.engine === 'embedded' ? 'The service gathers them when it is idle' : `Run: ${command}`}`,
    ),
  ];
};

function missingIndex(name: string, definition: string): Finding {
  return finding(
    'bad',
    `缺少索引 ${name};请执行:${definition};`,
    `The index ${name} is missing; run: ${definition};`,
  );
}

function brokenIndex(name: string): Finding {
  return finding(
    'bad',
    `索引 ${name} 无效(重建未完成),查询不使用它;请执行:reindex index ${name};`,
    `The index ${name} is invalid (a rebuild was cut short) and not used; run: reindex index ${name};`,
  );
}

function unusedIndex(layerId: string, table: string): Finding {
  return finding(
    'bad',
    `图层 ${layerId} 的范围查询没有使用空间索引,会逐行扫描;请执行:analyze ${table};,仍如此则检查索引`,
    `Bbox queries of the layer ${layerId} use no index and read every row; run: analyze ${table}; and look at its indexes if that does not help`,
  );
}
