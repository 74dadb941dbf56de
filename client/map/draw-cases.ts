/** Expressions that tell apart the ways in which features of one layer are drawn. Pure. */
import type { ExpressionSpecification } from 'maplibre-gl';
import type { LayerDefinition, LayerDraw } from '../../geodata/catalogue/layer-definition.ts';
import type { DrawCase } from '../../geodata/domain/draw-cases.ts';

/** Cases that agree in `keyOf`, in the order in which the keys first come. */
export function groupCases(cases: DrawCase[], keyOf: (draw: LayerDraw) => string): [string, DrawCase[]][] {
  const groups = new Map<string, DrawCase[]>();
  for (const drawCase of cases) {
    const key = keyOf(drawCase.draw);
    groups.set(key, [...(groups.get(key) ?? []), drawCase]);
  }
  return [...groups];
}

/** A value by category: a constant where all cases agree, else an expression on the category field. */
export function byCase<Value extends string | number>(
  field: string | null,
  cases: DrawCase[],
  pick: (draw: LayerDraw, index: number) => Value,
): Value | ExpressionSpecification {
  const picked = cases.map(({ values, draw }, index) => ({ values, value: pick(draw, index) }));
  const fallback = picked.at(-1);
  if (fallback === undefined) throw new Error('A layer is drawn in no way at all');
  const branches = picked.filter(({ values, value }) => values !== null && value !== fallback.value);
  if (field === null || branches.length === 0) return fallback.value;
  return [
    'match',
    ['get', field],
    ...branches.flatMap(({ values, value }) => [values, value]),
    fallback.value,
  ] as unknown as ExpressionSpecification;
}

/** Leaves only the features of these cases; null where they are all there are. */
export function valuesFilter(layer: LayerDefinition, cases: DrawCase[]): ExpressionSpecification | null {
  const { categories } = layer.style;
  if (categories === undefined) return null;
  const shown = new Set(cases.flatMap(({ values }) => values ?? []));
  const field: ExpressionSpecification = ['get', categories.field];
  if (!cases.some(({ values }) => values === null)) return ['in', field, ['literal', [...shown]]];
  const hidden = categories.entries.flatMap(({ values }) => values).filter((value) => !shown.has(value));
  return hidden.length === 0 ? null : ['!', ['in', field, ['literal', hidden]]];
}
