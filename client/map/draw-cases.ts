/** The ways in which features of one layer are drawn, and expressions that tell them apart. Pure. */
import type { ExpressionSpecification } from 'maplibre-gl';
import type { LayerDefinition, LayerDraw } from '../../geodata/catalogue/layer-definition.ts';

/** `values`: values of the category field drawn like this; null: all that no other case names. */
export type DrawCase = { values: string[] | null; draw: LayerDraw };

/** Every category entry with what it overrides, and last the layer's own drawing for all the rest. */
export function drawCases({ style }: LayerDefinition): DrawCase[] {
  const entries = (style.categories?.entries ?? []).map(({ values, draw }) => ({
    values,
    draw: { ...style.draw, ...draw },
  }));
  return [...entries, { values: null, draw: style.draw }];
}

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
