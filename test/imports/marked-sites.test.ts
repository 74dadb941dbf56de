/** Imports over sites that are being marked: what was reported stays, and neither loses what the other does. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { takeBack } from '../../server/imports/take-back.ts';
import type { Mark } from '../../server/remediation/mark.ts';
import { markSites } from '../../server/remediation/mark-sites.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { ringAround, writeGeoJson } from '../fixtures/imports/deliveries.ts';
import { createImporter, type Importer } from '../fixtures/imports/importer.ts';
import { accountOf, type Marking, markingOn, pass, submit } from '../remediation/marking-kit.ts';

const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const period = today.slice(0, 7);
const editor = accountOf('editor', ['360728']);
const county = accountOf('county_reviewer', ['360728']);
const passed = { ...pass, period } as typeof pass;

describeOnEngines('importing over marked sites', ({ open, engine }) => {
  let database: Database;
  let importer: Importer;
  let marking: Marking;
  let datasetId: string;
  const mines = { layerId: 'mine_sites' };
  beforeAll(async () => {
    database = await open();
    importer = await createImporter(database);
    marking = markingOn(database);
    await importer.rows(
      `insert into app.reporting_unit (code, name, name_en, kind, county_adcode) values ('360728', '定南县', 'Dingnan', 'county', '360728')`,
    );
    const file = await sites('first.geojson', { status: 'in_progress', started_on: '2025-03-01' });
    datasetId = (await importer.run(file, mines)).datasetId ?? '';
  });
  afterAll(() => importer.remove());

  const sites = (name: string, properties: object) =>
    writeGeoJson(
      importer.folder,
      name,
      ['M1', 'M2'].map((code, index) => ({
        properties: { BSM: code, MC: `${code} ${name}`, XZQDM: '360728', ...properties },
        geometry: { type: 'Polygon', coordinates: [ringAround(115 + index * 0.1, 24.8, 0.002)] },
      })),
    );
  const report = (percent: number) => submit({ progressPercent: percent }, { period, effectiveOn: today });

  // One client at a time: on the embedded engine nothing can come between.
  if (engine === 'server') {
    it('a mark made while an import waits for it makes the import refuse; nothing is lost', async () => {
      const { version } = await marking.read('M2', editor);
      const again = await sites('again.geojson', { status: 'approved' });
      let finish = (): void => {};
      const held = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const marked = database.transaction(
        async (client) => {
          await markSites(client, editor, [{ code: 'M2', version, ...report(20) } as Mark]);
          await held;
        },
        { class: 'bulk' },
      );
      const imported = importer.run(again, mines).then(
        () => 'imported',
        (error: Error) => error.message,
      );
      expect(await Promise.race([imported, delay(3_000, 'waits')])).toBe('waits');
      finish();
      await marked;
      expect(await imported).toContain('Use --mode upsert');
      expect((await marking.read('M2', editor)).report?.answer.progressPercent).toBe(20);
    });
  }

  it('an update leaves what was reported, its dates and the areas of patches', async () => {
    await importer.rows(
      `insert into geo.mine_patch (code, site_code, dataset_id, geom)
       select 'M1-1', s.code, s.dataset_id, s.geom from geo.mine_site as s where s.code = 'M1'`,
    );
    await marking.mark(
      editor,
      'M1',
      submit({ progressPercent: 60, patches: { 'M1-1': 900 } }, { period, effectiveOn: today }),
    );
    await marking.mark(county, 'M1', passed);
    const before = await marking.read('M1', editor);
    const file = await sites('update.geojson', {
      status: 'closed',
      started_on: '2024-01-01',
      progress_percent: 100,
      treated_area_m2: 5,
    });
    await importer.run(file, { ...mines, mode: 'upsert' });
    const after = await marking.read('M1', editor);
    expect(after.name).toContain('update.geojson');
    expect(after.state).toEqual(before.state);
    expect(after.state).toMatchObject({
      status: 'in_progress',
      startedOn: '2025-03-01',
      progressPercent: 60,
      treatedAreaSquareMeters: 900,
    });
    const patches = await writeGeoJson(importer.folder, 'patches.geojson', [
      {
        properties: { BSM: 'M1-1', site_code: 'M1', treated_area_m2: 1 },
        geometry: { type: 'Polygon', coordinates: [ringAround(115, 24.8, 0.001)] },
      },
    ]);
    for (const mode of ['upsert', 'replace'] as const) {
      await importer.run(patches, { layerId: 'mine_patches', mode });
      expect((await marking.read('M1', editor)).patches[0]?.treatedAreaSquareMeters).toBe(900);
    }
  });

  it('marks of an updated site go on in the chain they began in', async () => {
    // Evidence of who reviews last: the report of the month was passed, so the state is corrected.
    await marking.mark(county, 'M1', {
      kind: 'correct',
      correction: { effectiveOn: today, progressPercent: 65, reason: '复核' },
    });
    const chains = await importer.rows(
      `select distinct e.dataset_id::text as id from app.mine_site_event as e where e.site_code = 'M1'`,
    );
    expect(chains).toEqual([{ id: datasetId }]);
    expect((await marking.read('M1', editor)).state.progressPercent).toBe(65);
    expect(
      await importer.rows(
        'select c.dataset_id from app.event_chain as c where app.verify_event_chain(c.dataset_id) is not null',
      ),
    ).toEqual([]);
  });

  it('is not taken back under marks, nor replaced over evidence alone', async () => {
    await expect(takeBack(importer.context, datasetId, 'test')).rejects.toMatchObject({ code: 'conflict' });
    const file = await sites('replace.geojson', {});
    expect((await importer.refusal(file, mines)).text.zh).toContain('进展记录或佐证材料');
  });
});
