/** The ways in which features of one layer are drawn: one definition for screen, legend and paper. Pure. */
import type { LayerDefinition, LayerDraw } from '../catalogue/layer-definition.ts';

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
