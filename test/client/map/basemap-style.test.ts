/** Where the basemap lies in the style, and what changes for the lines over it. */
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import type { LayerSpecification, LineLayerSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { basemapSourceId } from '../../../client/map/basemap-style.ts';
import { sourceIdOf } from '../../../client/map/layer-parts.ts';
import { mapStyleLayers, pickableLayerId, type StyleState } from '../../../client/map/style.ts';
import { catalogue } from '../../../geodata/catalogue/index.ts';
import type { Basemap } from '../../../geodata/contract/basemap.ts';

const basemap: Basemap = {
  title: { zh: '天地图影像', en: 'Tianditu imagery' },
  attribution: { zh: '天地图', en: 'Tianditu' },
  layers: [{ id: 'img' }, { id: 'cia' }],
  minzoom: 1,
  maxzoom: 18,
  version: '0123456789abcdef',
};
const everything = Object.fromEntries(catalogue.map(({ id }) => [id, true]));

function layersOf(
  shown: boolean,
  configured: Basemap | null = basemap,
  opacity?: number,
): LayerSpecification[] {
  const state: StyleState = {
    language: 'zh-CN',
    order: [],
    visible: { ...everything, ...(shown ? { basemap: true } : {}) },
    opacity: opacity === undefined ? {} : { basemap: opacity },
    filter: {},
    county: null,
    selection: null,
  };
  return mapStyleLayers(
    catalogue.map((definition) => ({ definition, drawFrom: 'geojson' as const })),
    state,
    configured,
  );
}
const idsOf = (layers: LayerSpecification[]) => layers.map(({ id }) => id);

describe('the basemap', () => {
  it('lies over ground and land, under everything else, lettering over its ground', () => {
    const ids = idsOf(layersOf(true));
    expect(ids.slice(0, 5)).toEqual([
      'background',
      'counties/fill',
      'basemap/img',
      'basemap/cia',
      expect.not.stringContaining('basemap'),
    ]);
  });

  it('changes nothing while it is off, or where none is configured', () => {
    expect(layersOf(false)).toEqual(layersOf(false, null));
    expect(layersOf(true, null)).toEqual(layersOf(false, null));
  });

  it('has the opacity of the reader', () => {
    const layers = layersOf(true, basemap, 0.35).filter(({ type }) => type === 'raster');
    expect(layers.map(({ paint }) => paint)).toEqual(
      Array(2).fill(expect.objectContaining({ 'raster-opacity': 0.35 })),
    );
  });

  it('is never what a click picks, nor are the white edges of lines', () => {
    const ids = idsOf(layersOf(true)).filter((id) => id.startsWith('basemap/') || id.includes('casing'));
    expect(ids.length).toBeGreaterThan(8);
    expect(ids.map(pickableLayerId)).toEqual(ids.map(() => null));
  });

  it('is valid by the style specification', () => {
    const rasters = basemap.layers.map(({ id }) => [
      basemapSourceId(id),
      { type: 'raster', tiles: ['http://x/{z}/{y}/{x}'], tileSize: 256 },
    ]);
    const data = catalogue.map(({ id }) => [
      sourceIdOf(id, 'geojson'),
      { type: 'geojson', data: 'http://x' },
    ]);
    const problems = validateStyleMin({
      version: 8,
      sources: Object.fromEntries([...rasters, ...data]),
      layers: layersOf(true),
    });
    expect(problems).toEqual([]);
  });
});

describe('over a basemap', () => {
  const lines = layersOf(true).filter((layer): layer is LineLayerSpecification => layer.type === 'line');
  const casingOf = (id: string) => {
    const [layer, part = ''] = id.split('/');
    const name = part === 'outline' ? 'outline-casing' : 'casing';
    return lines.find((line) => line.id === `${layer}/${name}`);
  };
  const strokes = lines.filter(({ id }) => !id.includes('casing'));

  it.each(strokes.map(({ id }) => id))('%s has a white edge right below it', (id) => {
    const casing = casingOf(id);
    expect(casing?.paint?.['line-color']).toBe('#FFFFFF');
    const ids = idsOf(layersOf(true));
    const between = ids.slice(ids.indexOf(casing?.id ?? '') + 1, ids.indexOf(id));
    // Only other dashes of the same layer may lie between.
    expect(between.every((other) => other.split('/')[0] === id.split('/')[0])).toBe(true);
  });

  it('the edge is 1.5 px wide on each side at full width', () => {
    const widthAt = (id: string) => {
      const width = lines.find((line) => line.id === id)?.paint?.['line-width'];
      return Array.isArray(width) ? (width.at(-1) as unknown) : width;
    };
    expect(widthAt('rivers/casing')).toBeCloseTo(1.4 + 3, 9);
    expect(widthAt('counties/outline-casing')).toBeCloseTo(2 + 3, 9);
  });

  it('no line has one without the basemap but the raised rims of patches', () => {
    const casings = idsOf(layersOf(false)).filter((id) => id.includes('casing'));
    expect(casings).toEqual(['mine_patches/casing']);
  });
});
