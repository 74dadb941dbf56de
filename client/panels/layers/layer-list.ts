/** Which layers are listed where, drawn over which, shown or not. Pure. */
import { layerGroups } from '../../../geodata/catalogue/layer-definition.ts';
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { isReadable } from '../../api/readable-layer.ts';

/** Layers of each group in catalogue order; groups without a layer are left out. */
export function groupLayers(layers: CatalogueLayer[]) {
  return layerGroups
    .map((group) => ({ group, layers: layers.filter(({ definition }) => definition.group === group) }))
    .filter(({ layers: members }) => members.length > 0);
}

export function isShown(layer: CatalogueLayer, visible: Record<string, boolean>): boolean {
  return isReadable(layer) && (visible[layer.definition.id] ?? layer.definition.visible);
}

/** What the state keeps of a switch: nothing (null) where it stands as the definition has it. */
export function switchOf({ definition }: CatalogueLayer, shown: boolean): boolean | null {
  return shown === definition.visible ? null : shown;
}

/** `ids` with the one at `from` moved to `to`; the same order where either lies outside. */
export function move(ids: string[], from: number, to: number): string[] {
  const id = ids[from];
  if (id === undefined || to < 0 || to >= ids.length) return ids;
  const rest = ids.filter((_, index) => index !== from);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}

/** Why a layer that is switched on is not to be seen at this zoom; null where it is. */
export function hiddenByZoom(
  { style }: CatalogueLayer['definition'],
  zoom: number,
): { kind: 'shown-from' | 'shown-until'; zoom: number } | null {
  if (zoom < style.minzoom) return { kind: 'shown-from', zoom: style.minzoom };
  if (zoom >= style.maxzoom) return { kind: 'shown-until', zoom: style.maxzoom };
  return null;
}

/** Scale denominator at another zoom of the same place: it halves with each level. */
export function scaleAtZoom(denominator: number, zoom: number, otherZoom: number): number {
  return denominator * 2 ** (zoom - otherZoom);
}
