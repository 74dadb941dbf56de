import { describe, expect, it } from 'vitest';
import {
  areaOfView,
  beginSheet,
  isComplete,
  layersOfMap,
  type ShownMap,
} from '../../../../client/panels/print/sheet-from-map.ts';
import { catalogue } from '../../../../geodata/catalogue/index.ts';
import { type CatalogueLayer, catalogueLayerSchema } from '../../../../geodata/contract/catalogue.ts';
import { sheetSpecSchema, sheetTemplateIds } from '../../../../geodata/contract/sheets.ts';
import { sheetTemplates } from '../../../../geodata/domain/sheet-templates.ts';

const missing = 'urban_growth_boundaries';
const closed = 'ecological_red_lines';

const layers: CatalogueLayer[] = catalogue.map((definition) =>
  catalogueLayerSchema.parse({
    definition,
    state: definition.id === missing ? 'not-loaded' : 'loaded',
    mayRead: definition.id !== closed,
    featureCount: 1,
    revision: '1',
    categoryCounts: {},
    extent: null,
    datasets: [],
    drawFrom: 'geojson',
  }),
);
const counties = [
  { adcode: '360702', name: '章贡区', nameEn: 'Zhanggong District', seat: [114.9, 25.8] as [number, number] },
  { adcode: '360732', name: '兴国县', nameEn: 'Xingguo County', seat: [115.3, 26.3] as [number, number] },
];
const known = {
  layers,
  region: {
    id: 'ganzhou',
    title: { zh: '赣州市', en: 'Ganzhou' },
    bureau: { zh: '赣州市自然资源局', en: 'Ganzhou Natural Resources Bureau' },
    adcode: '360700',
    extent: [113.9, 24.4, 116.7, 27.2] as [number, number, number, number],
    homeZones: [],
    counties,
  },
};
const map: ShownMap = {
  language: 'zh-CN',
  visible: { rivers: false },
  filter: { mine_sites: ['not_started', 'rectifying'] },
  county: null,
  selection: null,
  asOf: null,
  viewExtent: [114.123456789, 25.1, 115.6, 26.7],
};

describe('a sheet begun from the map', () => {
  it('has the layers that are on the map, narrowed as the legend narrows them, and none that cannot be read', () => {
    const ids = layersOfMap(known, map, 'city').map(({ id }) => id);
    expect(ids).toContain('counties');
    expect(ids).not.toContain('rivers');
    expect(ids).not.toContain(missing);
    expect(ids).not.toContain(closed);
    const sites = layersOfMap(known, map, 'city').find(({ id }) => id === 'mine_sites');
    expect(sites?.entries).toEqual(['not_started', 'rectifying']);
  });

  it('of every template is a sheet the service takes, and one the template is made for', () => {
    const selection = { layerId: 'mine_sites', code: 'KS-360732-0001' };
    for (const template of sheetTemplateIds) {
      const sheet = beginSheet(template, { ...map, selection }, known);
      expect(sheetSpecSchema.parse(sheet)).toEqual(sheet);
      expect(sheetTemplates[template].areas).toContain(sheet.area.kind);
      expect(sheet.paper).toBe(sheetTemplates[template].paper);
      expect(isComplete(sheet)).toBe(true);
    }
  });

  it('as a picture shows what the window shows, to a metre, as of the day of the map', () => {
    const sheet = beginSheet('picture', { ...map, asOf: '2025-06-30', language: 'en' }, known);
    expect(sheet.area).toEqual({ kind: 'extent', extent: [114.12346, 25.1, 115.6, 26.7] });
    expect(sheet.asOf).toBe('2025-06-30');
    expect(sheet.language).toBe('en');
    expect(areaOfView(null, known)).toEqual({ kind: 'extent', extent: known.region.extent });
  });

  it('of a county is of the county chosen on the map', () => {
    expect(beginSheet('county', { ...map, county: '360732' }, known).area).toEqual({
      kind: 'county',
      adcode: '360732',
    });
  });

  it('of a site is not complete before a site is chosen', () => {
    const sheet = beginSheet('site', { ...map, selection: { layerId: 'rivers', code: 'R1' } }, known);
    expect(isComplete(sheet)).toBe(false);
    expect(sheetSpecSchema.safeParse(sheet).success).toBe(false);
  });

  it('keeps texts, classification and language of the sheet before it, but not its title', () => {
    const before = {
      ...beginSheet('city', map, known),
      classification: 'public' as const,
      language: 'en' as const,
      slots: { title: '全市进展', mapNumber: '赣S(2025)001号', drawnBy: '张三' },
    };
    const sheet = beginSheet('county', map, known, { before });
    expect(sheet.slots).toEqual({ mapNumber: '赣S(2025)001号', drawnBy: '张三' });
    expect(sheet.classification).toBe('public');
    expect(sheet.language).toBe('en');
    expect(sheet.layers).toEqual(before.layers);
  });

  it('leaves the layers of slides and site pages to their templates', () => {
    expect(beginSheet('slide', map, known).layers).toBeUndefined();
    expect(beginSheet('site', map, known).layers).toBeUndefined();
  });
});
