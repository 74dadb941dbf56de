import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { featureFilter, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import type { LayerSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { parseImageId } from '../../../client/map/image-id.ts';
import { sourceIdOf } from '../../../client/map/layer-parts.ts';
import { SELECTION_SOURCE } from '../../../client/map/selection-style.ts';
import {
  mapStyleLayers,
  pickableLayerId,
  type StyledLayer,
  type StyleState,
} from '../../../client/map/style.ts';
import { catalogue } from '../../../geodata/catalogue/index.ts';

const plain: StyleState = {
  language: 'zh-CN',
  order: [],
  visible: {},
  opacity: {},
  filter: {},
  county: null,
  selection: null,
};
const styled = (drawFrom: 'geojson' | 'tiles'): StyledLayer[] =>
  catalogue.map((definition) => ({ definition, drawFrom }));
const layersOf = (state: Partial<StyleState> = {}, drawFrom: 'geojson' | 'tiles' = 'geojson') =>
  mapStyleLayers(styled(drawFrom), { ...plain, ...state });
const named = (layers: LayerSpecification[], id: string) => {
  const found = layers.find((layer) => layer.id === id);
  if (found === undefined) throw new Error(`No style layer ${id}`);
  return found;
};
const idsOf = (layers: LayerSpecification[]) => layers.map(({ id }) => id);

/** The stored style, or the new one where UPDATE_GOLDEN is set. */
function golden(name: string, actual: unknown): unknown {
  const file = fileURLToPath(new URL(`../../golden/style/${name}.json`, import.meta.url));
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(actual, null, 2)}\n`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

const states: Record<string, Partial<StyleState>> = {
  'first-visit': {},
  'filtered-county': {
    language: 'en',
    county: '360732',
    filter: { mine_sites: ['in_works', 'rectifying'] },
    opacity: { ecological_red_lines: 0.4 },
    order: ['ecological_red_lines', 'mine_sites'],
    visible: { rivers: false },
    selection: { layerId: 'mine_sites', code: 'CT1' },
  },
};

describe('the style of the map', () => {
  it.each(Object.entries(states))('is the stored one for the state %s', (name, state) => {
    const actual = layersOf(state);
    expect(actual).toEqual(golden(name, actual));
  });

  it('is the stored one from tiles', () => {
    const actual = layersOf({}, 'tiles');
    expect(actual).toEqual(golden('tiles', actual));
  });

  it.each(Object.entries(states))('is valid by the style specification for the state %s', (_name, state) => {
    for (const drawFrom of ['geojson', 'tiles'] as const) {
      const sources = Object.fromEntries(
        catalogue.map(({ id }) => [
          sourceIdOf(id, drawFrom),
          drawFrom === 'tiles'
            ? { type: 'vector' as const, tiles: ['http://x/{z}/{y}/{x}'] }
            : { type: 'geojson' as const, data: 'http://x/items' },
        ]),
      );
      const empty = { type: 'geojson' as const, data: { type: 'FeatureCollection' as const, features: [] } };
      const problems = validateStyleMin({
        version: 8,
        sources: { ...sources, [SELECTION_SOURCE]: empty },
        layers: layersOf(state, drawFrom),
      });
      expect(problems).toEqual([]);
    }
  });

  it('asks only for pictures that can be drawn, and for no glyphs or sprites', () => {
    const text = JSON.stringify(layersOf({}));
    const pictures = text.match(/"(symbol|hatch)\/[^"]+"/g) ?? [];
    expect(pictures.length).toBeGreaterThan(0);
    for (const picture of pictures) expect(parseImageId(JSON.parse(picture))).not.toBeNull();
    expect(text).not.toContain('http');
  });
});

describe('every layer of the catalogue', () => {
  it.each(
    catalogue.map((definition) => [definition.id, definition] as const),
  )('draws %s, lets it be picked and takes it away with its switch', (id, definition) => {
    const layers = layersOf({ visible: { [id]: true } });
    const own = layers.filter((layer) => layer.id.startsWith(`${id}/`));
    expect(own.some((layer) => pickableLayerId(layer.id) === id)).toBe(true);
    expect(own.some((layer) => layer.id === `${id}/label`)).toBe(definition.style.label !== undefined);
    expect(
      idsOf(layersOf({ visible: { [id]: false } })).some((layerId) => layerId.startsWith(`${id}/`)),
    ).toBe(false);
  });

  it.each(catalogue.map(({ id }) => [id]))('fades %s as a whole', (id) => {
    const own = layersOf({ visible: { [id]: true }, opacity: { [id]: 0 } }).filter((layer) =>
      layer.id.startsWith(`${id}/`),
    );
    for (const layer of own.filter((candidate) => pickableLayerId(candidate.id) === id)) {
      const paint = layer.paint as Record<string, unknown>;
      const opacity = paint[`${layer.type === 'symbol' ? 'icon' : layer.type}-opacity`];
      // Paler far out or not: nothing of it is left at any zoom.
      const atZooms = Array.isArray(opacity) ? [opacity[4], opacity[6]] : [opacity];
      expect(new Set(atZooms)).toEqual(new Set([0]));
    }
  });
});

describe('the order of drawing', () => {
  it('puts every label above every shape and symbol, and county names above all others', () => {
    const ids = idsOf(layersOf());
    const firstLabel = ids.findIndex((id) => id.endsWith('/label'));
    expect(ids.slice(firstLabel).every((id) => id.endsWith('/label'))).toBe(true);
    expect(ids.at(-1)).toBe('counties/label');
  });

  it('keeps the land below everything even where its layer is dragged to the top', () => {
    const order = ['counties', ...catalogue.map(({ id }) => id).filter((id) => id !== 'counties')];
    const ids = idsOf(layersOf({ order }));
    expect(ids.slice(0, 2)).toEqual(['background', 'counties/fill']);
    expect(ids.indexOf('counties/stroke')).toBeGreaterThan(ids.indexOf('ecological_red_lines/stroke'));
  });

  it('follows the order of the reader', () => {
    const ids = idsOf(layersOf({ order: ['protected_areas', 'wetland_parks'] }));
    expect(ids.indexOf('protected_areas/fill')).toBeGreaterThan(ids.indexOf('wetland_parks/fill'));
  });
});

/** Whether a style layer would draw this feature of its source. */
function draws(layer: LayerSpecification, type: 1 | 2 | 3, properties: Record<string, unknown>): boolean {
  const filter = 'filter' in layer ? layer.filter : undefined;
  return featureFilter(filter, {}).filter({ zoom: 10 }, { type, properties } as never);
}
const POINT = 1;
const LINE = 2;
const POLYGON = 3;

describe('legibility', () => {
  it('draws the dashed rim of a patch above the opaque site over it, inset and on white', () => {
    const ids = idsOf(layersOf());
    expect(ids.indexOf('mine_patches/fill')).toBeLessThan(ids.indexOf('mine_sites/fill'));
    expect(ids.indexOf('mine_patches/casing')).toBeGreaterThan(ids.indexOf('mine_sites/stroke'));
    expect(ids.indexOf('mine_patches/stroke')).toBeGreaterThan(ids.indexOf('mine_patches/casing'));
    expect(named(layersOf(), 'mine_patches/stroke').paint).toHaveProperty('line-offset');
    expect(named(layersOf(), 'mine_sites/stroke').paint).not.toHaveProperty('line-offset');
  });

  it('pales red lines far out, in the opacity of the reader', () => {
    const { paint } = named(
      layersOf({ opacity: { ecological_red_lines: 0.5 } }),
      'ecological_red_lines/hatch',
    );
    expect(paint).toMatchObject({ 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 7, 0.3, 10, 0.5] });
  });
});

describe('filters', () => {
  it('draw anchors as symbols and polygons as shapes from the same source', () => {
    const layers = layersOf();
    const site = { phase: 'in_works', county_adcode: '360732' };
    expect(draws(named(layers, 'mine_sites/symbol'), POINT, site)).toBe(true);
    expect(draws(named(layers, 'mine_sites/symbol'), POLYGON, site)).toBe(false);
    expect(draws(named(layers, 'mine_sites/fill'), POLYGON, site)).toBe(true);
    expect(draws(named(layers, 'mine_sites/fill'), POINT, site)).toBe(false);
  });

  it('show only the phases the reader left on, in symbols, shapes and labels alike', () => {
    const layers = layersOf({ filter: { mine_sites: ['closed'] } });
    for (const [part, type] of [
      ['symbol', POINT],
      ['label', POINT],
      ['fill', POLYGON],
    ] as const) {
      expect(draws(named(layers, `mine_sites/${part}`), type, { phase: 'closed' })).toBe(true);
      expect(draws(named(layers, `mine_sites/${part}`), type, { phase: 'in_works' })).toBe(false);
    }
  });

  it('show nothing of a layer whose entries are all off', () => {
    const layers = layersOf({ filter: { mine_sites: [] } });
    expect(draws(named(layers, 'mine_sites/symbol'), POINT, { phase: 'closed' })).toBe(false);
  });

  it('leave sites and patches of the chosen county, and the layers around them whole', () => {
    const layers = layersOf({ county: '360732' });
    const elsewhere = { phase: 'closed', county_adcode: '360702' };
    expect(draws(named(layers, 'mine_sites/symbol'), POINT, elsewhere)).toBe(false);
    expect(draws(named(layers, 'mine_patches/fill'), POLYGON, elsewhere)).toBe(false);
    expect(draws(named(layers, 'protected_areas/fill'), POLYGON, elsewhere)).toBe(true);
    expect(draws(named(layers, 'counties/label'), POINT, elsewhere)).toBe(true);
  });

  it('draw the cross hatch for sites under rectification only, and no fill for removed ones', () => {
    const layers = layersOf();
    expect(draws(named(layers, 'mine_sites/hatch'), POLYGON, { phase: 'rectifying' })).toBe(true);
    expect(draws(named(layers, 'mine_sites/hatch'), POLYGON, { phase: 'closed' })).toBe(false);
    expect(draws(named(layers, 'mine_sites/fill'), POLYGON, { phase: 'removed' })).toBe(false);
  });

  it("draw each corridor system in its own dash along the centre line, and a system nobody knows in the layer's", () => {
    const layers = layersOf();
    const dashed = idsOf(layers).filter((id) => id.startsWith('biodiversity_corridors/axis'));
    const drawnBy = (system: string) => dashed.filter((id) => draws(named(layers, id), LINE, { system }));
    expect(drawnBy('南岭-罗霄山脉')).toHaveLength(1);
    expect(drawnBy('武夷山西麓')).toHaveLength(1);
    expect(drawnBy('南岭-罗霄山脉')).not.toEqual(drawnBy('武夷山西麓'));
    expect(drawnBy('待定')).toHaveLength(1);
  });

  it('draw the border of the region by its outline layer only', () => {
    const layers = layersOf();
    const outline = { part: 'outline' };
    const drawing = layers.filter(
      (layer) => 'source' in layer && layer.source === 'counties' && draws(layer, LINE, outline),
    );
    expect(idsOf(drawing)).toEqual(['counties/outline']);
  });
});

describe('labels', () => {
  it('name a feature in English only where an English name is a field', () => {
    const layers = layersOf({ language: 'en' });
    expect(JSON.stringify(named(layers, 'counties/label').layout)).toContain('name_en');
    expect(JSON.stringify(named(layers, 'wetland_parks/label').layout)).not.toContain('name_en');
  });
});

describe('pickableLayerId', () => {
  it.each([
    ['mine_sites/symbol', 'mine_sites'],
    ['biodiversity_corridors/axis-2', 'biodiversity_corridors'],
    ['counties/label', null],
    ['mine_sites/rim', null],
    ['counties/outline', null],
    [`${SELECTION_SOURCE}/line`, null],
    ['background', null],
  ])('is for %s %s', (styleLayerId, layerId) => {
    expect(pickableLayerId(styleLayerId)).toBe(layerId);
  });
});
