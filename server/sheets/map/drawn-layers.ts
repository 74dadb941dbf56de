/** What a map really shows, counted for the legend. Pure. */
import type { DrawSizes } from './draw-parts.ts';
import type { DrawForm, MapLayer } from './map-layer.ts';

export type DrawnEntry = {
  /** Legend entry; null: the layer's own drawing. */
  entryId: string | null;
  count: number;
  /** Sum of the known areas, m²; null where none is known. */
  areaSquareMeters: number | null;
};
export type DrawnLayer = {
  layerId: string;
  /** How its features look on this sheet, and the sizes the swatch needs to look the same. */
  form: DrawForm;
  sizes: DrawSizes;
  /** In the order of the definition, what is the layer's own last; only entries of which something is drawn. */
  entries: DrawnEntry[];
};

/** Layers in drawing order, lowest first; those with nothing drawn have no entries. */
export function drawnLayers(layers: readonly MapLayer[], sizeFactor: number): DrawnLayer[] {
  return layers.map(({ definition, form, lineFactor, features }) => {
    const entries = new Map<number, DrawnEntry>();
    for (const { caseIndex, entryId, feature } of features) {
      const entry = entries.get(caseIndex) ?? { entryId, count: 0, areaSquareMeters: null };
      entry.count += 1;
      if (feature.areaSquareMeters !== null) {
        entry.areaSquareMeters = (entry.areaSquareMeters ?? 0) + feature.areaSquareMeters;
      }
      entries.set(caseIndex, entry);
    }
    return {
      layerId: definition.id,
      form,
      sizes: { line: lineFactor, size: sizeFactor },
      entries: [...entries].sort(([a], [b]) => a - b).map(([, entry]) => entry),
    };
  });
}
