/** Mine sites, their patches, events and campaign: replaced over the sample in one command, updated, taken back. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import { loadSample } from '../../server/imports/load-sample.ts';
import { takeBack } from '../../server/imports/take-back.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { ringAround, writeGeoJson } from '../fixtures/imports/deliveries.ts';
import { createImporter, type Importer } from '../fixtures/imports/importer.ts';

/** CT and 19 digits; the last three number the patch in its mine. */
const patchCode = (site: number, patch: number) =>
  `CT${String(3607280000000000 + site)}${String(patch).padStart(3, '0')}`;
const siteCode = (site: number) => patchCode(site, 0).slice(0, -3);
const patch = (site: number, number: number, lng: number) => ({
  properties: { 图斑编号: patchCode(site, number), XZQDM: '360728' },
  geometry: { type: 'Polygon', coordinates: [ringAround(lng, 24.8, 0.001)] },
});
const site = (code: string, name: string, lng: number) => ({
  properties: { BSM: code, MC: name },
  geometry: { type: 'Polygon', coordinates: [ringAround(lng, 24.8, 0.002)] },
});

describeOnEngines('importing mine sites', ({ open }) => {
  let importer: Importer;
  let sampleState: string;
  let patchFile: string;
  let imported = '';
  beforeAll(async () => {
    const database = await open();
    importer = await createImporter(database);
    await loadSample(database, ganzhou, { report: () => {} });
    sampleState = await importer.state();
    patchFile = await writeGeoJson(importer.folder, 'patches.geojson', [
      patch(1, 1, 115),
      patch(1, 2, 115.01),
      patch(2, 1, 115.1),
    ]);
  });
  afterAll(() => importer.remove());
  const mines = { layerId: 'mine_sites' };
  const count = async (table: string): Promise<unknown> =>
    (await importer.rows(`select count(*)::integer as n from ${table}`))[0]?.n;

  it('refuses to mix with the sample, and patches alone over sample sites, saying what to do', async () => {
    for (const mode of ['upsert', 'append'] as const) {
      expect((await importer.refusal(patchFile, { ...mines, mode })).text.en).toMatch(/--mode replace/);
    }
    const alone = await importer.refusal(patchFile, { layerId: 'mine_patches' });
    expect(alone.text.zh).toMatch(/示意数据.*mine_sites/);
  });

  it('groups patches into sites over the sample in one command; the campaign keeps its base and lists them', async () => {
    const report = await importer.run(patchFile, mines);
    imported = report.datasetId ?? '';
    expect(report).toMatchObject({ rowCount: 3, featureCount: 2, removedCount: 535 });
    const words = report.assumptions.map(({ zh }) => zh).join('\n');
    expect(words).toMatch(/示意矿山连同其图斑、进展记录和留痕链一并清除/);
    expect(words).toMatch(/2 座矿山列入任务/);
    expect(words).toMatch(/未登录者不再能查看/);
    const sites = await importer.rows(
      `select s.code, s.patch_count, s.data_kind, ST_NumGeometries(s.geom) as parts, s.area_m2, s.anchor is not null as anchored,
         abs(s.area_m2 - (select sum(p.area_m2) from geo.mine_patch as p where p.site_code = s.code)) < 0.1 as adds_up
       from geo.mine_site as s order by s.code`,
    );
    expect(sites).toMatchObject([
      { code: siteCode(1), patch_count: 2, parts: 2, data_kind: 'official', anchored: true, adds_up: true },
      { code: siteCode(2), patch_count: 1, parts: 1, data_kind: 'official', anchored: true, adds_up: true },
    ]);
    expect(await count('geo.mine_patch')).toBe(3);
    expect(await count('app.mine_site_event')).toBe(0);
    expect(await count('app.campaign_site')).toBe(2);
    expect(await importer.rows('select base_count from app.campaign')).toEqual([{ base_count: 535 }]);
    expect(await count(`geo.wetland_park where data_kind = 'sample'`)).toBe(12);
    expect(await importer.rows('select layer_id, anonymous_read from app.layer_setting order by 1')).toEqual([
      { layer_id: 'mine_patches', anonymous_read: false },
      { layer_id: 'mine_sites', anonymous_read: false },
    ]);
    const datasets = await importer.rows(
      `select layer_id, kind, feature_count from app.dataset where layer_id like 'mine%' and removed_at is null order by 1`,
    );
    expect(datasets).toEqual([
      { layer_id: 'mine_patches', kind: 'official', feature_count: 3 },
      { layer_id: 'mine_sites', kind: 'official', feature_count: 2 },
    ]);
    const audits = await importer.rows(`select action from app.audit where actor = 'test' order by id`);
    expect(audits.map(({ action }) => action)).toEqual(['clear-sample', 'import']);
  });

  it('keeps the extent of a site that has patches when sites are updated, and lists new ones', async () => {
    const [before] = await importer.rows('select ST_AsText(geom) as wkt from geo.mine_site where code = $1', [
      siteCode(1),
    ]);
    const file = await writeGeoJson(importer.folder, 'sites.geojson', [
      site(siteCode(1), '甲矿', 115.5),
      site('NEW', '新矿', 115.6),
    ]);
    const report = await importer.run(file, { ...mines, mode: 'upsert' });
    expect(report).toMatchObject({ insertedCount: 1, updatedCount: 1 });
    expect(report.assumptions.map(({ zh }) => zh).join()).toMatch(/1 座矿山已有图斑/);
    const [after] = await importer.rows(
      'select name, ST_AsText(geom) as wkt from geo.mine_site where code = $1',
      [siteCode(1)],
    );
    expect(after).toEqual({ name: '甲矿', wkt: before?.wkt });
    expect(await count('app.campaign_site')).toBe(3);
    await takeBack(importer.context, report.datasetId ?? '', 'test');
    expect(await count('app.campaign_site')).toBe(2);
    expect(await count(`geo.mine_site where name = '甲矿'`)).toBe(0);
  });

  it('takes patches for standing sites, reshapes these, and gives both back', async () => {
    const before = await importer.state();
    const rows = [patch(2, 2, 115.2), patch(9, 1, 115.3)];
    for (const [index, { properties }] of rows.entries())
      Object.assign(properties, { site_code: siteCode(index === 0 ? 2 : 9) });
    const file = await writeGeoJson(importer.folder, 'more.geojson', rows);
    const error = await importer.refusal(file, { layerId: 'mine_patches', mode: 'upsert' });
    expect(error.text.zh).toMatch(/第 2 行.*所属矿山.*不在矿山图层/);
    const report = await importer.run(file, { layerId: 'mine_patches', mode: 'upsert', skipRejected: true });
    expect(
      await importer.rows('select patch_count from geo.mine_site where code = $1', [siteCode(2)]),
    ).toEqual([{ patch_count: 2 }]);
    await takeBack(importer.context, report.datasetId ?? '', 'test');
    expect(await importer.state()).toBe(before);
  });

  it('is taken back to the very sample there was, events and chain too', async () => {
    await takeBack(importer.context, imported, 'test');
    expect(await importer.state()).toBe(sampleState);
    const broken = await importer.rows(
      'select c.dataset_id from app.event_chain as c where app.verify_event_chain(c.dataset_id) is not null',
    );
    expect(broken).toEqual([]);
  }, 120_000);

  it('refuses to replace sites that carry official events, or to take them back, and lets an upsert keep their state', async () => {
    const { datasetId } = await importer.run(patchFile, mines);
    await importer.rows(
      `insert into app.mine_site_event (dataset_id, site_code, status, effective_on, period, recorded_at, recorded_by)
       values ($1, $2, 'in_progress', '2025-10-01', '2025-10', now(), '测试员')`,
      [datasetId, siteCode(1)],
    );
    await importer.rows(`update geo.mine_site set status = 'in_progress' where code = $1`, [siteCode(1)]);
    expect((await importer.refusal(patchFile, mines)).text.zh).toMatch(/进展记录.*upsert/);
    await expect(takeBack(importer.context, datasetId ?? '', 'test')).rejects.toMatchObject({
      code: 'conflict',
    });
    const status = { ...site(siteCode(1), '甲矿', 115.5) };
    Object.assign(status.properties, { status: 'closed' });
    const file = await writeGeoJson(importer.folder, 'status.geojson', [status]);
    const report = await importer.run(file, { ...mines, mode: 'upsert' });
    expect(report.assumptions.map(({ zh }) => zh).join()).toMatch(/1 座矿山已有进展记录/);
    expect(
      await importer.rows('select name, status from geo.mine_site where code = $1', [siteCode(1)]),
    ).toEqual([{ name: '甲矿', status: 'in_progress' }]);
  });
});
