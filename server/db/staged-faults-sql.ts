/** Rules of a layer's table → one statement that finds the staged rows that break them. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { quoteIdentifier, tableOf } from './layer-sql.ts';
import { stagedTable } from './layer-stage-sql.ts';

/** A row of sql/queries/imports/list-constraints.sql. */
export type StagedRule = {
  kind: 'check' | 'unique' | 'reference' | 'required';
  columns: string[];
  /** SQL of a check as the catalog gives it, over unqualified columns. */
  expression: string | null;
  ref_table: string | null;
  ref_column: string | null;
};

/** Result: row, code, rule (index into `rules`), fault ('rule', 'repeated' or 'standing'), value or null; in order of rows. */
export function stagedFaultsSql(
  layer: LayerDefinition,
  staged: string,
  rules: readonly StagedRule[],
  mode: 'replace' | 'upsert' | 'append',
): string {
  const parts = rules.flatMap((rule, index) => faultsOf(layer, staged, rule, index, mode));
  if (parts.length === 0) return `select null::integer as "row" where false`;
  return `${parts.join('\nunion all\n')}\norder by "row", rule`;
}

function faultsOf(
  layer: LayerDefinition,
  staged: string,
  rule: StagedRule,
  index: number,
  mode: string,
): string[] {
  const [column] = rule.columns;
  if (column === undefined) return [];
  const code = quoteIdentifier(layer.table.code);
  const value =
    column === layer.table.geometry || column === layer.table.axis
      ? 'null::text'
      : `s.${quoteIdentifier(column)}::text`;
  const found = (fault: string, where: string, from = `${stagedTable(staged)} as s`): string =>
    `select s."row", s.${code} as code, ${index} as rule, '${fault}' as fault, ${value} as value from ${from} where ${where}`;
  switch (rule.kind) {
    case 'check':
      return [found('rule', `(${rule.expression}) is false`)];
    case 'required':
      return layer.fields.some(({ name }) => name === column)
        ? [found('rule', `s.${quoteIdentifier(column)} is null`)]
        : [];
    case 'reference':
      return [
        found(
          'rule',
          `s.${quoteIdentifier(column)} is not null and not exists (select 1 from ${rule.ref_table} as r where r.${quoteIdentifier(rule.ref_column ?? '')} = s.${quoteIdentifier(column)})`,
        ),
      ];
    case 'unique': {
      if (rule.columns.length > 1) return [];
      const own = quoteIdentifier(column);
      const numbered = `(select n.*, row_number() over (partition by n.${own} order by n."row") as nth from ${stagedTable(staged)} as n where n.${own} is not null) as s`;
      const repeated = found('repeated', 's.nth > 1', numbered);
      const other = mode === 'upsert' ? ` and t.${code} <> s.${code}` : '';
      const isAsked = mode === 'append' || (mode === 'upsert' && column !== layer.table.code);
      const standing = found(
        'standing',
        `exists (select 1 from ${tableOf(layer)} as t where t.${own} = s.${own}${other})`,
      );
      return isAsked ? [repeated, standing] : [repeated];
    }
  }
}

/** Staged patches whose site is not staged. Result: row, code, site_code. */
export function orphanPatchesSql(patches: string, sites: string): string {
  return `select p."row", p.code, p.site_code from ${stagedTable(patches)} as p
where not exists (select 1 from ${stagedTable(sites)} as s where s.code = p.site_code) order by p."row"`;
}
