/** Holds staged rows against the rules of the table they are meant for, before anything of the layer changes. */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { columnOf } from '../../geodata/catalogue/layer-definition.ts';
import type { ImportMode, RowProblem } from '../../geodata/contract/imports.ts';
import type { Queryable } from '../db/database.ts';
import { measuredColumns, stagedColumns } from '../db/layer-stage-sql.ts';
import { namedSql } from '../db/named-sql.ts';
import { type StagedRule, stagedFaultsSql } from '../db/staged-faults-sql.ts';

const bulk = { class: 'bulk' } as const;

/**
 * Every row that breaks a rule of the table, by row: repeated or standing codes, unknown sites, values out of range.
 * Patches that come with their sites (`stagedSites`) are not asked whether these stand already.
 */
export async function judgeStaged(
  client: Queryable,
  layer: LayerDefinition,
  table: string,
  mode: ImportMode,
  stagedSites?: string,
): Promise<RowProblem[]> {
  const known = new Set([...stagedColumns(layer), ...measuredColumns(layer)].map(({ name }) => name));
  const rules = await client.query<StagedRule>(
    namedSql('imports/list-constraints'),
    [layer.table.schema, layer.table.name],
    bulk,
  );
  const asked = rules.filter(
    ({ kind, columns }) =>
      columns.every((column) => known.has(column)) &&
      !(stagedSites !== undefined && kind === 'reference' && columns[0] === 'site_code'),
  );
  const faults = await client.query<Fault>(stagedFaultsSql(layer, table, asked, mode), [], bulk);
  return faults.map(({ row, code, rule, fault, value }) => ({
    row,
    code,
    reason: wordsOf(layer, asked[rule], fault, value),
  }));
}

type Fault = {
  row: number;
  code: string;
  rule: number;
  fault: 'rule' | 'repeated' | 'standing';
  value: string | null;
};

function wordsOf(
  layer: LayerDefinition,
  rule: StagedRule | undefined,
  fault: Fault['fault'],
  value: string | null,
): Bilingual {
  const column = rule?.columns[0] ?? '';
  const title = layer.fields.find((field) => columnOf(field) === column)?.title ?? { zh: column, en: column };
  if (fault === 'repeated') {
    return {
      zh: `${title.zh}与前面的行重复(${value})`,
      en: `its ${title.en} ${value} repeats that of a row before`,
    };
  }
  if (fault === 'standing') {
    return {
      zh: `${title.zh} ${value} 在图层中已经存在;要更新请用 --mode upsert`,
      en: `its ${title.en} ${value} stands in the layer already; use --mode upsert to update`,
    };
  }
  switch (rule?.kind) {
    case 'required':
      return { zh: `缺少${title.zh}`, en: `${title.en} is missing` };
    case 'reference':
      return layer.id === 'mine_patches' && column === 'site_code'
        ? {
            zh: `所属矿山 ${value} 不在矿山图层中,请先导入矿山`,
            en: `its site ${value} is not in the site layer; import the sites first`,
          }
        : {
            zh: `${title.zh}“${value}”不在系统的名录中`,
            en: `its ${title.en} "${value}" is not in the list of this system`,
          };
    default:
      return {
        zh: `${title.zh}${value === null ? '' : ` ${value} `}不在允许的范围内,数据库不能保存`,
        en: `its ${title.en}${value === null ? '' : ` ${value}`} is out of the accepted range; the database cannot store it`,
      };
  }
}
