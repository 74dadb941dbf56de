import type { Position } from 'geojson';
import { beforeAll, describe, expect, it } from 'vitest';
import { mineSites } from '../../../geodata/catalogue/mine-sites.ts';
import type { FeatureInput } from '../../../geodata/domain/feature-input.ts';
import { statuses } from '../../../geodata/domain/workflow.ts';
import { ganzhou } from '../../../geodata/reference/ganzhou/region.ts';
import { generateSample } from '../../../geodata/sample/generate-sample.ts';
import { type DrawnMap, drawMap } from '../../../server/sheets/map/draw-map.ts';
import { boxesMeet, isBoxWithin, isInside } from '../../../server/sheets/map/paper-geometry.ts';
import type { Box, Mark, PathMark, TextMark } from '../../../server/sheets/page.ts';
import type { SheetContent } from '../../../server/sheets/sheet-content.ts';
import { textWidthMm } from '../../../server/sheets/text/measure-text.ts';
import { layerNamed, mapContent } from './map-content.ts';
import { writeTwkb } from './write-twkb.ts';

const layerIds = [
  'counties',
  'rivers',
  'protected_areas',
  'wetland_parks',
  'biodiversity_corridors',
  'ecological_red_lines',
  'mine_patches',
  'mine_sites',
] as const;
type SampleLayers = Record<(typeof layerIds)[number], FeatureInput[]>;
const XINGGUO = '360732';

let sample: SampleLayers;

/** Sites as the database has them: their shape is that of their patches, their phase that of their status. */
function withDerived({ layers }: ReturnType<typeof generateSample>): SampleLayers {
  const bySite = new Map<string, Position[][][]>();
  for (const { properties, geometry } of layers.mine_patches) {
    const code = String(properties.site_code);
    const polygons = geometry?.type === 'MultiPolygon' ? geometry.coordinates : [];
    bySite.set(code, [...(bySite.get(code) ?? []), ...polygons]);
  }
  return {
    ...layers,
    mine_sites: layers.mine_sites.map((site) => ({
      ...site,
      geometry: { type: 'MultiPolygon', coordinates: bySite.get(site.code) ?? [] },
      properties: {
        ...site.properties,
        phase: statuses[site.properties.status as keyof typeof statuses].phase,
      },
    })),
  };
}

function layersOf(pick: (id: keyof SampleLayers) => FeatureInput[], silent: string[] = []) {
  return layerIds
    .map((id) => ({ definition: layerNamed(id), features: pick(id), labels: !silent.includes(id) }))
    .sort((a, b) => a.definition.drawOrder - b.definition.drawOrder);
}

function cityContent(spec: Partial<SheetContent['plan']['spec']> = {}): SheetContent {
  return mapContent({
    spec: { template: 'city', area: { kind: 'region' }, ...spec },
    orientation: 'portrait',
    center: [115.28, 25.81],
    scale: 1_100_000,
    focus: { kind: 'region', name: { zh: '赣州市', en: 'Ganzhou' } },
    layers: layersOf((id) => sample[id]),
  });
}

function countyContent(spec: Partial<SheetContent['plan']['spec']> = {}): SheetContent {
  const outline = sample.counties.find(({ code }) => code === XINGGUO)?.geometry;
  return mapContent({
    spec: { template: 'county', area: { kind: 'county', adcode: XINGGUO }, ...spec },
    center: [115.42, 26.42],
    scale: 350_000,
    focus: { kind: 'county', adcode: XINGGUO, name: { zh: '兴国县', en: 'Xingguo County' } },
    focusOutline: outline?.type === 'MultiPolygon' ? outline.coordinates : [],
    layers: layersOf((id) =>
      id === 'counties' || id === 'rivers'
        ? sample[id]
        : sample[id].filter(({ properties }) => properties.county_adcode === XINGGUO),
    ),
  });
}

const flat = (marks: readonly Mark[]): Mark[] =>
  marks.flatMap((mark) => (mark.kind === 'clip' || mark.kind === 'group' ? flat(mark.marks) : [mark]));
const pathsOf = (marks: readonly Mark[]): PathMark[] => flat(marks).filter((mark) => mark.kind === 'path');
const groupOf = (marks: readonly Mark[], id: string): readonly Mark[] =>
  marks.flatMap((mark): readonly Mark[] => {
    if (mark.kind === 'group' && mark.id === id) return mark.marks;
    return mark.kind === 'clip' ? groupOf(mark.marks, id) : [];
  });
const labelsOf = (marks: readonly Mark[]): TextMark[] =>
  [...groupOf(marks, 'area-names'), ...groupOf(marks, 'labels')].filter((mark) => mark.kind === 'text');
const countsOf = ({ drawn }: DrawnMap, layerId: string): Record<string, number> =>
  Object.fromEntries(
    (drawn.find((layer) => layer.layerId === layerId)?.entries ?? []).map(({ entryId, count }) => [
      entryId ?? '',
      count,
    ]),
  );
const boxOf = ({ text, x, y, sizePt, weight }: TextMark): Box => {
  const width = textWidthMm(text, sizePt, weight);
  const size = (sizePt * 25.4) / 72;
  return { x: x - width / 2, y: y - 0.86 * size, width, height: size };
};

beforeAll(() => {
  sample = withDerived(generateSample(ganzhou));
}, 60_000);

describe('the map of the city', () => {
  let map: DrawnMap;
  beforeAll(() => {
    map = drawMap(cityContent());
  }, 30_000);

  it('draws and counts every site once, by its phase', () => {
    const wanted: Record<string, number> = {};
    for (const { properties } of sample.mine_sites) {
      const phase = String(properties.phase);
      wanted[phase] = (wanted[phase] ?? 0) + 1;
    }
    expect(countsOf(map, 'mine_sites')).toEqual(wanted);
    const symbols = pathsOf(groupOf(map.marks, 'mine_sites-symbols'));
    expect(new Set(symbols.map(({ at }) => `${at?.x} ${at?.y}`)).size).toBe(535);
    const area = map.drawn
      .find(({ layerId }) => layerId === 'mine_sites')
      ?.entries.reduce((sum, { areaSquareMeters }) => sum + (areaSquareMeters ?? 0), 0);
    const declared = sample.mine_sites.reduce(
      (sum, { properties }) => sum + Number(properties.declared_area_m2),
      0,
    );
    expect(area).toBeCloseTo(declared, 3);
  });

  it('has the colours of the definitions, symbols by phase and problems on top', () => {
    const colors = new Set(
      pathsOf(map.marks).flatMap(({ fill, stroke }) =>
        [fill?.color, stroke?.color].filter((color) => color !== undefined),
      ),
    );
    const defined = layerIds
      .filter((id) => id !== 'mine_patches')
      .flatMap((id) => {
        const { style } = layerNamed(id);
        const draws =
          id === 'mine_sites'
            ? []
            : [style.draw, ...(style.categories?.entries ?? []).map(({ draw }) => draw)];
        return draws.flatMap(({ fill, hatch, stroke }) => [fill?.color, hatch?.color, stroke?.color]);
      })
      .filter((color) => color !== undefined);
    for (const color of defined) expect(colors).toContain(color);
    const { entries = [] } = mineSites.style.categories ?? {};
    for (const { id, draw } of entries) {
      if (countsOf(map, 'mine_sites')[id] !== undefined) expect(colors).toContain(draw.symbol?.color);
    }
    const symbols = pathsOf(groupOf(map.marks, 'mine_sites-symbols'));
    expect(symbols.at(-2)?.fill?.color).toBe('#A3123D');
  });

  it('names the counties and no single site', () => {
    const texts = labelsOf(map.marks).map(({ text }) => text);
    for (const { properties } of sample.counties) expect(texts).toContain(properties.name);
    expect(texts.some((text) => sample.mine_sites.some(({ properties }) => properties.name === text))).toBe(
      false,
    );
  });

  it('hides no symbol beneath the name of a county', () => {
    const [clip] = map.marks;
    const ids = clip?.kind === 'clip' ? clip.marks.map((mark) => (mark.kind === 'group' ? mark.id : '')) : [];
    expect(ids.indexOf('area-names')).toBeGreaterThan(-1);
    expect(ids.indexOf('area-names')).toBeLessThan(ids.indexOf('mine_sites-symbols'));
    expect(ids.indexOf('mine_sites-symbols')).toBeLessThan(ids.indexOf('labels'));
  });

  it('says how many names found no place', () => {
    const left = map.notices.filter(({ id }) => id === 'labels-left-out');
    expect(left.length).toBeGreaterThan(0);
    for (const { severity, text } of left) {
      expect(severity).toBe('info');
      expect(text.zh).toMatch(/\d+ 个名称未标注/);
    }
  });

  it('leaves patches for larger scales and says so', () => {
    expect(map.drawn.some(({ layerId }) => layerId === 'mine_patches')).toBe(false);
    expect(map.notices.filter(({ id }) => id === 'layer-not-at-scale').map(({ text }) => text.zh)).toEqual([
      '矿山图斑在 1:1 100 000 下不绘制,请用更大的比例尺。',
    ]);
  });

  it('is the same the second time, to the byte', () => {
    expect(JSON.stringify(drawMap(cityContent()))).toBe(JSON.stringify(map));
  });

  it('is in English where asked, names and notices alike', () => {
    const { marks, notices } = drawMap(cityContent({ language: 'en' }));
    const texts = labelsOf(marks).map(({ text }) => text);
    expect(texts.join(' ')).toContain('Xingguo County');
    for (const { text } of notices) expect(text.en).not.toMatch(/\p{Script=Han}/u);
  });
});

describe('the map of a county', () => {
  let map: DrawnMap;
  let content: SheetContent;
  beforeAll(() => {
    content = countyContent();
    map = drawMap(content);
  });

  it('greys everything but the county', () => {
    const [mask] = pathsOf(groupOf(map.marks, 'focus-mask'));
    const rings = (mask?.d ?? '').split('Z').map((part) => (part.match(/-?[\d.]+/g) ?? []).map(Number));
    const { frame } = content.plan.map;
    const sites = pathsOf(groupOf(map.marks, 'mine_sites-symbols'));
    for (const { at } of sites) {
      expect(
        isInside(rings, (at?.x ?? 0) + 12 * (at?.scale ?? 0), (at?.y ?? 0) + 12 * (at?.scale ?? 0)),
      ).toBe(false);
    }
    const corners = [0.01, 0.99].flatMap((across) =>
      [0.01, 0.5, 0.99].map((down) => [across, down] as const),
    );
    for (const [across, down] of corners) {
      expect(isInside(rings, frame.x + frame.width * across, frame.y + frame.height * down)).toBe(true);
    }
    expect(mask?.fill?.opacity).toBeLessThan(1);
  });

  it('names its sites, and its neighbours in grey', () => {
    const texts = labelsOf(map.marks);
    const sites = sample.mine_sites.filter(({ properties }) => properties.county_adcode === XINGGUO);
    const named = sites.filter(({ properties }) => texts.some(({ text }) => text === properties.name));
    const left = map.notices.find(({ text }) => /^废弃矿山.*未标注/.test(text.zh))?.text.zh ?? '0';
    expect(named.length).toBeGreaterThan(sites.length * 0.8);
    expect(new Set(named).size + Number(/:(\d+)/.exec(left)?.[1] ?? 0)).toBe(sites.length);
    expect(texts.find(({ text }) => text === '宁都县')?.color).toBe('#6B7680');
    expect(texts.some(({ text }) => text === '兴国县')).toBe(false);
  });

  it('has labels that lie within the frame, clear of each other and of the north arrow', () => {
    const texts = labelsOf(map.marks);
    const level = texts.filter(({ degrees }) => degrees === undefined).map(boxOf);
    expect(level.length).toBeGreaterThan(30);
    level.forEach((box, index) => {
      expect(isBoxWithin(box, content.plan.map.frame)).toBe(true);
      expect(boxesMeet(box, map.arrowBox)).toBe(false);
      expect(level.some((other, at) => at > index && boxesMeet(box, other))).toBe(false);
    });
    for (const { sizePt, halo } of texts) {
      expect(sizePt).toBeGreaterThanOrEqual(7);
      expect(halo?.color).toBe('#FFFFFF');
    }
  });

  it('shows only the entries asked for', () => {
    const layers = content.plan.layers.map((layer) =>
      layer.definition.id === 'mine_sites' ? { ...layer, entries: ['closed'] } : layer,
    );
    const filtered = drawMap({ ...content, plan: { ...content.plan, layers } });
    expect(Object.keys(countsOf(filtered, 'mine_sites'))).toEqual(['closed']);
    expect(countsOf(filtered, 'mine_sites').closed).toBe(countsOf(map, 'mine_sites').closed);
  });

  it('over a basemap has no land, and a white casing under its lines', () => {
    const over = drawMap({ ...content, basemap: { bytes: new Uint8Array([1]), attribution: '天地图' } });
    expect(groupOf(over.marks, 'counties-ground')).toEqual([]);
    expect(flat(over.marks).filter(({ kind }) => kind === 'image').length).toBe(1);
    const lines = pathsOf(groupOf(over.marks, 'ecological_red_lines'));
    const red = lines.findIndex(({ stroke }) => stroke?.color === '#C8102E');
    expect(lines[red - 1]?.stroke?.color).toBe('#FFFFFF');
    expect(lines[red - 1]?.stroke?.widthMm).toBeGreaterThan(lines[red]?.stroke?.widthMm ?? Infinity);
  });

  it('draws all but the figures of its border within the frame', () => {
    expect(map.marks.map(({ kind }) => kind)).toEqual(['clip', 'group']);
  });
});

describe('the map of a site', () => {
  function siteContent(): SheetContent {
    const site = sample.mine_sites.find(
      ({ geometry }) => (geometry?.type === 'MultiPolygon' ? geometry.coordinates.length : 0) > 2,
    );
    const patches = sample.mine_patches.filter(({ properties }) => properties.site_code === site?.code);
    const [lng = 0, lat = 0] =
      patches[0]?.geometry?.type === 'MultiPolygon'
        ? (patches[0].geometry.coordinates[0]?.[0]?.[0] ?? [])
        : [];
    return mapContent({
      spec: { template: 'site', paper: 'A4', area: { kind: 'site', code: site?.code ?? '' } },
      orientation: 'portrait',
      center: [lng, lat],
      scale: 10_000,
      focus: { kind: 'site', code: site?.code ?? '', name: '', adcode: null },
      layers: layersOf((id) => sample[id], ['mine_sites', 'counties', 'rivers', 'ecological_red_lines']),
      site: {
        code: site?.code ?? '',
        name: '',
        facts: [],
        timeline: [],
        photos: [],
        vertexCrs: {
          srid: 4547,
          name: { zh: '-', en: '-' },
          centralMeridian: 114,
          kind: 'gauss-kruger-3',
          zone: 38,
        },
        patches: patches.map(({ code }, index) => ({
          code,
          areaSquareMeters: null,
          rings: [{ number: `J${index + 1}`, vertices: [] }],
        })),
      },
    });
  }

  it('shows shapes instead of symbols, and patches by their numbers', () => {
    const map = drawMap(siteContent());
    expect(map.drawn.find(({ layerId }) => layerId === 'mine_sites')?.form).toBe('area');
    expect(groupOf(map.marks, 'mine_sites-symbols')).toEqual([]);
    const texts = labelsOf(map.marks).map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(text).toMatch(/^J\d$/);
    expect(groupOf(map.marks, 'mine_patches-raised').every(({ kind }) => kind === 'clip')).toBe(true);
  });
});

describe('shapes that are hardly any', () => {
  it('are not drawn and not counted, and break nothing', () => {
    const definition = layerNamed('ecological_red_lines');
    const features = [0, 1, 2, 3, 4].map(
      (index): FeatureInput => ({
        code: String(index),
        geometry: null,
        properties: { name: `红线${index}` },
      }),
    );
    const content = mapContent({
      spec: { template: 'county', area: { kind: 'center', center: [115, 26] }, scale: 350_000 },
      center: [115, 26],
      scale: 350_000,
      layers: [{ definition, features }],
    });
    const square = (x: number, y: number, side: number) =>
      [
        [
          [x, y],
          [x + side, y],
          [x + side, y + side],
          [x, y + side],
          [x, y],
        ],
      ] as [number, number][][];
    const shapes = writeTwkb([
      { kind: 'empty' },
      // What clipping left of a polygon that only touches the frame.
      {
        kind: 'lines',
        lines: [
          [
            [0, 0],
            [500, 0],
          ],
        ],
      },
      { kind: 'point', point: [10, 10] },
      // In the margin that is clipped away.
      { kind: 'polygons', polygons: [square(-500, -500, 300)] },
      { kind: 'polygons', polygons: [square(1000, 1000, 3000)] },
    ]);
    const map = drawMap({
      ...content,
      layers: content.layers.map((layer) => ({ ...layer, shapes, anchors: null })),
    });
    expect(countsOf(map, 'ecological_red_lines')).toEqual({ '': 1 });
    expect(map.drawn[0]?.entries[0]?.areaSquareMeters).toBeNull();
  });

  it('that surround the frame are drawn', () => {
    const definition = layerNamed('wetland_parks');
    const content = mapContent({
      spec: { template: 'county', area: { kind: 'center', center: [115, 26] }, scale: 5000 },
      center: [115, 26],
      scale: 5000,
      layers: [
        {
          definition,
          features: [
            {
              code: 'A',
              geometry: {
                type: 'MultiPolygon',
                coordinates: [
                  [
                    [
                      [114, 25],
                      [116, 25],
                      [116, 27],
                      [114, 27],
                      [114, 25],
                    ],
                  ],
                ],
              },
              properties: { name: '大湿地公园' },
            },
          ],
        },
      ],
    });
    expect(countsOf(drawMap(content), 'wetland_parks')).toEqual({ '': 1 });
  });
});
