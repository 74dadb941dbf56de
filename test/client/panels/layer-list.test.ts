import { describe, expect, it } from 'vitest';
import {
  groupLayers,
  hiddenByZoom,
  isShown,
  move,
  scaleAtZoom,
  switchOf,
} from '../../../client/panels/layers/layer-list.ts';
import { groupHits, stepOption } from '../../../client/panels/search/search-results.ts';
import { catalogue } from '../../../geodata/catalogue/index.ts';
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';

const layers: CatalogueLayer[] = catalogue.map((definition) => ({
  definition,
  state: definition.optional ? 'not-loaded' : 'loaded',
  mayRead: true,
  featureCount: 1,
  revision: '1',
  categoryCounts: {},
  extent: null,
  datasets: [],
  drawFrom: 'geojson',
}));
const layer = (id: string) => {
  const found = layers.find(({ definition }) => definition.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe('the layer list', () => {
  it('holds every layer of the catalogue once, in its groups', () => {
    const grouped = groupLayers(layers);
    expect(grouped.map(({ group }) => group)).toEqual(['control', 'restoration', 'protection', 'base']);
    expect(grouped.flatMap((group) => group.layers)).toHaveLength(catalogue.length);
  });

  it('shows a layer by its definition until the reader says otherwise, and never one without data', () => {
    expect(isShown(layer('rivers'), {})).toBe(true);
    expect(isShown(layer('rivers'), { rivers: false })).toBe(false);
    expect(isShown(layer('permanent_basic_farmland'), { permanent_basic_farmland: true })).toBe(false);
  });

  it('never shows a layer that is closed to the reader, whatever the switch says', () => {
    expect(isShown({ ...layer('rivers'), mayRead: false }, { rivers: true })).toBe(false);
  });

  it('moves a layer within the list and no further', () => {
    expect(move(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(move(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(move(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(move(['a', 'b'], 5, 0)).toEqual(['a', 'b']);
  });

  it('says from which zoom on patches are drawn', () => {
    const { definition } = layer('mine_patches');
    expect(hiddenByZoom(definition, 9.9)).toEqual({ kind: 'shown-from', zoom: definition.style.minzoom });
    expect(hiddenByZoom(definition, 10)).toBeNull();
    expect(hiddenByZoom(definition, 24)).toEqual({ kind: 'shown-until', zoom: 24 });
  });

  it('halves the scale with each zoom', () => {
    expect(scaleAtZoom(1_000_000, 8, 10)).toBe(250_000);
    expect(scaleAtZoom(1_000_000, 8, 7)).toBe(2_000_000);
  });
});

describe('search results', () => {
  const hit = (layerId: string, code: string) => ({
    layerId,
    code,
    title: code,
    countyAdcode: null,
    extent: null,
  });

  it('stand by layer in the order of the list, numbered through', () => {
    const groups = groupHits([hit('rivers', 'R1'), hit('mine_sites', 'M1'), hit('rivers', 'R2')], layers);
    expect(groups.map((group) => group.layer.definition.id)).toEqual(['mine_sites', 'rivers']);
    expect(groups.flatMap((group) => group.hits.map((entry) => [entry.index, entry.hit.code]))).toEqual([
      [0, 'M1'],
      [1, 'R1'],
      [2, 'R2'],
    ]);
  });

  it('leave out layers that are not in the catalogue', () => {
    expect(groupHits([hit('elsewhere', 'X')], layers)).toEqual([]);
  });

  it('are walked through round both ends', () => {
    expect(stepOption(-1, 1, 3)).toBe(0);
    expect(stepOption(-1, -1, 3)).toBe(2);
    expect(stepOption(2, 1, 3)).toBe(0);
    expect(stepOption(0, -1, 3)).toBe(2);
    expect(stepOption(0, 1, 0)).toBe(-1);
  });
});

describe('switchOf', () => {
  it('keeps nothing where a layer stands as it is defined, so that a link stays short', () => {
    const [layer] = layers;
    if (layer === undefined) throw new Error('no layers');
    const { visible } = layer.definition;
    expect(switchOf(layer, visible)).toBeNull();
    expect(switchOf(layer, !visible)).toBe(!visible);
  });
});
