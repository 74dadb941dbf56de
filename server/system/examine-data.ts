/** The data itself: features, event chains, and what imports that were killed have left. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { quoteIdentifier } from '../db/layer-sql.ts';
import { namedSql } from '../db/named-sql.ts';
import { type Examination, type Finding, finding } from './finding.ts';

/** Counts features without a place, with an invalid shape, and with a number other than their datasets say. */
export const examineFeatures: Examination = async ({ database, catalogue }) => {
  const findings: Finding[] = [];
  for (const { id, title, table } of catalogue) {
    const name = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
    const geometry = quoteIdentifier(table.geometry);
    const [row] = await database.query<Record<'features' | 'placeless' | 'invalid' | 'announced', string>>(
      `select count(*) as features, count(*) filter (where f.${geometry} is null) as placeless,
         count(*) filter (where not app.is_valid(f.${geometry})) as invalid,
         (select coalesce(sum(d.feature_count), 0) from app.dataset as d
           where d.layer_id = $1 and d.removed_at is null) as announced
       from ${name} as f`,
      [id],
      { class: 'bulk' },
    );
    if (row === undefined) continue;
    const { features, placeless, invalid, announced } = row;
    const notes: Bilingual[] = [];
    if (placeless !== '0') notes.push({ zh: `${placeless} 个没有图形`, en: `${placeless} without a shape` });
    if (invalid !== '0') notes.push({ zh: `${invalid} 个图形无效`, en: `${invalid} with an invalid shape` });
    if (features !== announced)
      notes.push({ zh: `数据集登记 ${announced} 个`, en: `datasets say ${announced}` });
    findings.push({
      level: notes.length === 0 ? 'good' : 'note',
      text: {
        zh: [`${title.zh}:${features} 个`, ...notes.map(({ zh }) => zh)].join(','),
        en: [`${title.en}: ${features}`, ...notes.map(({ en }) => en)].join(', '),
      },
    });
  }
  return findings;
};

export const examineChains: Examination = async ({ database }) => {
  const chains = await database.query<{ dataset: string; events: string; broken_at: string | null }>(
    namedSql('system/check-chains'),
    [],
    { class: 'bulk' },
  );
  return chains.map(({ dataset, events, broken_at }) =>
    broken_at === null
      ? finding(
          'good',
          `留痕链 ${dataset}:${events} 条,成立`,
          `Event chain ${dataset}: ${events} events, holds`,
        )
      : finding(
          'bad',
          `留痕链 ${dataset} 从第 ${broken_at} 条起不成立:记录被绕过本系统改动过,请与备份核对`,
          `Event chain ${dataset} does not hold from number ${broken_at}: records were changed behind this system; compare with a backup`,
        ),
  );
};

/** Rows and files of imports that are under way are told too: from here they look the same. */
export const examineLeftovers: Examination = async ({ database, config }) => {
  const tables = await database.query<{ name: string; bytes: string }>(namedSql('system/list-staged'), [], {
    class: 'lookup',
  });
  const folder = join(config.dataDir, 'imports');
  const folders = await readdir(folder).catch(() => []);
  const findings: Finding[] = [];
  if (tables.length > 0) {
    const names = tables.map(({ name }) => name).join(', ');
    findings.push(
      finding(
        'note',
        `入库暂存表 ${tables.length} 个(${names})。若此刻没有入库,则是中断的入库留下的:重新启动服务即清除`,
        `${tables.length} staged tables (${names}). If no import runs now, one was cut short; a restart of the service removes them`,
      ),
    );
  }
  if (folders.length > 0) {
    findings.push(
      finding(
        'note',
        `${folder} 中有 ${folders.length} 个入库工作目录。若此刻没有入库,重新启动服务即清除`,
        `${folders.length} work folders of imports in ${folder}. If no import runs now, a restart of the service removes them`,
      ),
    );
  }
  return findings.length > 0
    ? findings
    : [finding('good', '入库:没有中断的残留', 'Imports: nothing left over')];
};
