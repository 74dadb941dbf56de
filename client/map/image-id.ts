/** Names of the pictures a style asks for, and what they stand for. Pure; drawn in style-images.ts. */
import type { LayerSpecification } from 'maplibre-gl';
import { type LayerDraw, symbolKinds } from '../../geodata/catalogue/layer-definition.ts';
import type { Hatch } from '../../geodata/domain/symbol-shapes.ts';

type Symbol = NonNullable<LayerDraw['symbol']>;

export type StyleImage = { type: 'symbol'; symbol: Symbol; sizePx: number } | { type: 'hatch'; hatch: Hatch };

export function symbolImageId(symbol: Symbol, sizePx: number): string {
  return `symbol/${symbol.kind}/${symbol.color}/${sizePx}`;
}

export function hatchImageId(hatch: Hatch): string {
  return `hatch/${hatch.kind}/${hatch.color}/${hatch.spacingPx}/${hatch.widthPx}`;
}

/** What an id stands for; null for a name that is not one of ours. */
export function parseImageId(id: string): StyleImage | null {
  const [type, kind, color, first, second] = id.split('/');
  const sizePx = Number(first);
  if (color === undefined || !(sizePx > 0)) return null;
  if (type === 'symbol') {
    const known = symbolKinds.find((candidate) => candidate === kind);
    return known ? { type, symbol: { kind: known, color }, sizePx } : null;
  }
  const widthPx = Number(second);
  if (type !== 'hatch' || !(widthPx > 0)) return null;
  if (kind !== 'diagonal' && kind !== 'cross' && kind !== 'wave') return null;
  return { type, hatch: { kind, color, spacingPx: sizePx, widthPx } };
}

/** Ids of all pictures that are named anywhere in layers of a style, each once. */
export function imageIdsOf(layers: readonly LayerSpecification[]): string[] {
  const ids = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node === 'string') {
      if (parseImageId(node) !== null) ids.add(node);
    } else if (typeof node === 'object' && node !== null) Object.values(node).forEach(visit);
  };
  visit(layers);
  return [...ids];
}
