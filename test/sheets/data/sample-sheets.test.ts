/** Sheets of the sample: scales, counts, sums, days, counties, and where things lie on paper. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProgressResponse } from '../../../geodata/contract/progress.ts';
import { findCrs, fromLngLat } from '../../../geodata/domain/crs.ts';
import { ganzhou } from '../../../geodata/reference/ganzhou/region.ts';
import type { Database } from '../../../server/db/database.ts';
import { loadSample } from '../../../server/imports/load-sample.ts';
import type { SheetContent } from '../../../server/sheets/sheet-content.ts';
import { describeOnEngines } from '../../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../../features/service-under-test.ts';
import { layerOf, type SheetsUnderTest, shapesOf, sheetsOf } from './sheets-under-test.ts';

type Collection = { numberMatched: number; features: { id: string; properties: { phase: string } }[] };

const city = { template: 'city', area: { kind: 'region' } } as const;
const county = (adcode: string) => ({ template: 'county', area: { kind: 'county', adcode } }) as const;

/** Count and hectares of the sites of each legend entry. */
function sumsByPhase(content: SheetContent): Record<string, [count: number, area: number]> {
  const sums: Record<string, [number, number]> = {};
  for (const { category, areaSquareMeters } of layerOf(content, 'mine_sites').features) {
    const [count, area] = sums[category ?? ''] ?? [0, 0];
    sums[category ?? ''] = [count + 1, Math.round((area + (areaSquareMeters ?? 0)) * 100) / 100];
  }
  return sums;
}

function listed(
  progress: ProgressResponse | null,
  statuses: readonly (keyof ProgressResponse['byStatus'])[],
) {
  return statuses.reduce((sum, id) => sum + (progress?.byStatus[id]?.count ?? 0), 0);
}

describeOnEngines('sheets of the sample', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  let sheets: SheetsUnderTest;
  beforeAll(async () => {
    database = await open();
    await loadSample(database, ganzhou, { report: () => undefined });
    service = await startService(database);
    sheets = sheetsOf(database);
  }, 240_000);
  afterAll(() => service.close());

  it('show the whole city on A3 upright at 1:1 100 000 and on A4 at 1:1 500 000', async () => {
    const a3 = await sheets.plan(city);
    expect([a3.orientation, a3.scale, a3.crs.srid]).toEqual(['portrait', 1_100_000, 4547]);
    const a4 = await sheets.plan({ ...city, paper: 'A4' });
    expect([a4.orientation, a4.scale]).toEqual(['portrait', 1_500_000]);
  });

  it('show each county on A3 between 1:150 000 and 1:450 000, the way round that is larger', async () => {
    const plans = [];
    for (const { adcode } of ganzhou.counties) plans.push(await sheets.plan(county(adcode)));
    const scales = plans.map(({ scale }) => scale);
    expect(Math.min(...scales)).toBeGreaterThanOrEqual(150_000);
    expect(Math.max(...scales)).toBeLessThanOrEqual(450_000);
    expect(new Set(plans.map(({ orientation }) => orientation)).size).toBe(2);
    expect(plans.every(({ notices }) => notices.every(({ id }) => id !== 'subject_does_not_fit'))).toBe(true);
    for (const plan of plans.slice(0, 3)) {
      const other = await sheets.plan({
        ...plan.spec,
        orientation: plan.orientation === 'portrait' ? 'landscape' : 'portrait',
      });
      expect(other.scale).toBeGreaterThanOrEqual(plan.scale);
    }
  });

  it('count and sum the sites as progress does, on the declared area', async () => {
    const content = await sheets.read(city);
    const progress = await service.getJson<ProgressResponse>('/api/progress');
    expect(content.progress).toEqual(progress);
    const sums = Object.values(sumsByPhase(content));
    expect(sums.reduce((sum, [count]) => sum + count, 0)).toBe(
      progress.total.listed.count + progress.total.excluded.count,
    );
    expect(sums.reduce((sum, [, area]) => sum + area, 0)).toBeCloseTo(
      progress.total.listed.areaSquareMeters + progress.total.excluded.areaSquareMeters,
      1,
    );
    expect(sumsByPhase(content).closed).toEqual([
      progress.total.closed.count,
      progress.total.closed.areaSquareMeters,
    ]);
  });

  it('count every feature of every layer as the items do', async () => {
    const content = await sheets.read({ ...city, template: 'wall', paper: 'A3' });
    for (const { layerId, features, shapes } of content.layers) {
      const { numberMatched } = await service.getJson<Collection>(
        `/ogc/collections/${layerId}/items?limit=1`,
      );
      expect([layerId, features.length]).toEqual([layerId, numberMatched]);
      expect(shapesOf(shapes)).toHaveLength(numberMatched);
    }
  });

  it('show of a county its own features alone, but all counties and rivers, and its own progress', async () => {
    const content = await sheets.read({
      ...county('360732'),
      layers: ['counties', 'rivers', 'ecological_red_lines', 'mine_sites'].map((id) => ({ id })),
    });
    for (const id of ['mine_sites', 'ecological_red_lines']) {
      const { features } = await service.getJson<Collection>(
        `/ogc/collections/${id}/items?county_adcode=360732&limit=1000`,
      );
      expect(
        layerOf(content, id)
          .features.map(({ code }) => code)
          .sort(),
      ).toEqual(features.map((feature) => feature.id).sort());
    }
    expect(layerOf(content, 'counties').features.length).toBeGreaterThan(3);
    const byCounty = await service.getJson<ProgressResponse>('/api/progress?by=county');
    const group = byCounty.groups?.entries.find(({ key }) => key === '360732');
    expect(content.progress?.total).toEqual(group?.standing);
    expect(content.progress?.previousTotal).toEqual(group?.previous);
    expect(content.progress?.attention).toEqual(group?.attention);
    expect(content.progress?.byUnit.map(({ code }) => code)).toEqual(['360732']);
    expect(content.progress?.campaign).toBeNull();
    expect(shapesOf(content.focusShape)).toHaveLength(1);
    expect(content.inset?.counties).toHaveLength(18);
  });

  it('of a county with zones tell of these too', async () => {
    const { progress } = await sheets.read(county('360702'));
    expect(progress?.byUnit.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['360702', 'GZJKQ', 'RJXQ']),
    );
    const sum = progress?.byUnit.reduce((total, { standing }) => total + standing.listed.count, 0);
    expect(sum).toBe(progress?.total.listed.count);
  });

  it('as of a past day draw and count what was then', async () => {
    const content = await sheets.read({ ...city, asOf: '2024-06-30' });
    const items = await service.getJson<Collection>(
      '/ogc/collections/mine_sites/items?as_of=2024-06-30&limit=1000',
    );
    const phaseOf = new Map(items.features.map(({ id, properties }) => [id, properties.phase]));
    const { features } = layerOf(content, 'mine_sites');
    expect(features.map(({ code, category }) => [code, category])).toEqual(
      features.map(({ code }) => [code, phaseOf.get(code)]),
    );
    expect(sumsByPhase(content).in_works?.[0]).toBe(
      listed(content.progress, ['in_progress', 'natural_recovery']),
    );
    expect(content.effectiveOn).toBe('2024-06-30');
    const now = await sheets.read(city);
    expect(now.effectiveOn).toBe('2025-09-30');
    expect(sumsByPhase(now)).not.toEqual(sumsByPhase(content));
    expect(now.dataVersion).not.toBe(content.dataVersion);
  });

  it('draw the asked legend entries and no others', async () => {
    const content = await sheets.read({
      ...city,
      layers: [{ id: 'mine_sites', entries: ['closed', 'rectifying'] }],
    });
    expect(Object.keys(sumsByPhase(content)).sort()).toEqual(['closed', 'rectifying']);
    const all = sumsByPhase(await sheets.read(city));
    expect(sumsByPhase(content).closed).toEqual(all.closed);
  });

  it('keep layers in drawing order whatever their order in the spec', async () => {
    const plan = await sheets.plan({
      ...city,
      layers: ['mine_sites', 'counties', 'ecological_red_lines', 'rivers'].map((id) => ({ id })),
    });
    const orders = plan.layers.map(({ definition }) => definition.drawOrder);
    expect(orders).toEqual([...orders].sort((a, b) => a - b));
  });

  it('say that the sample is one, and nothing else of a plain sheet', async () => {
    const content = await sheets.read(city);
    expect(content.plan.notices.map(({ id }) => id)).toEqual(['sample_data']);
    expect(content.hasSampleData).toBe(true);
    expect(content.watermark).toBe('查看 09:12');
    expect((await sheets.read({ ...city, classification: 'on_request' })).watermark).toBeNull();
  });

  it('are the same each time they are read', async () => {
    expect(await sheets.read(city)).toEqual(await sheets.read(city));
  });

  describe('put every site within 0.2 mm of where the projection puts it', () => {
    it.each([
      [{ ...city }],
      [{ ...city, paper: 'A0' as const, srid: 4548 }],
      [{ ...city, paper: 'A4' as const, srid: 3857 }],
      [{ ...city, srid: 4490 }],
      [{ ...county('360732'), srid: 4526 }],
    ])('%j', async (spec) => {
      const content = await sheets.read({ ...spec, layers: [{ id: 'mine_sites' }] });
      const { map, crs } = content.plan;
      const known = findCrs(crs.srid);
      if (known === undefined) throw new Error('not a known CRS');
      const { features, anchors } = layerOf(content, 'mine_sites');
      const items = await service.getJson<{ features: { id: string; anchor: [number, number] }[] }>(
        '/ogc/collections/mine_sites/items?limit=1000&derived=anchor',
      );
      const anchorOf = new Map(items.features.map(({ id, anchor }) => [id, anchor]));
      const offs = shapesOf(anchors).map((shape, index) => {
        if (shape.kind !== 'point') throw new Error('no point');
        const anchor = anchorOf.get(features[index]?.code ?? '');
        if (anchor === undefined) throw new Error('no anchor');
        const [x, y] = fromLngLat(known, anchor);
        return Math.hypot(
          (shape.points[0] ?? 0) / 100 - (x - map.minX) / map.metersPerMm,
          (shape.points[1] ?? 0) / 100 - (map.maxY - y) / map.metersPerMm,
        );
      });
      expect(offs.length).toBeGreaterThan(30);
      expect(Math.max(...offs)).toBeLessThan(0.02);
    });
  });
});
