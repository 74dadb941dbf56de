/**
 * The two mine layers hang together: patches belong to sites, sites to campaigns, and events to sites. What that means for
 * an import of one of them.
 */
import { catalogue } from '../../geodata/catalogue/index.ts';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { tableOf } from '../db/layer-sql.ts';

const mineLayerIds: readonly string[] = ['mine_sites', 'mine_patches'];

/** Layers of which only one import or taking back runs at a time, and of which the newest import goes first: the layer, or both mine layers. */
export function familyOf(layerId: string): readonly string[] {
  return mineLayerIds.includes(layerId) ? mineLayerIds : [layerId];
}

/** Layers whose features an import of this layer in this mode may remove or replace. */
export function touchedBy(layerId: string): readonly string[] {
  return layerId === 'mine_sites' ? mineLayerIds : [layerId];
}

/** Their tables, and those that an import writes beside them. */
export function tablesTouchedBy(layerId: string): string[] {
  return ['app.dataset', ...familyOf(layerId).map((id) => tableOf(layerOf(id)))];
}

export function patchLayer(): LayerDefinition {
  return layerOf('mine_patches');
}

export function siteLayer(): LayerDefinition {
  return layerOf('mine_sites');
}

/** The layer of the catalogue; throws for an id that is not in it. */
export function layerOf(id: string): LayerDefinition {
  const layer = catalogue.find((candidate) => candidate.id === id);
  if (layer === undefined) throw new Error(`the catalogue has no layer ${id}`);
  return layer;
}
