/** Wrong specs, layers that are not there or closed, and what is said before printing. */
import { beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '../../../geodata/contract/session.ts';
import type { SheetSpecInput } from '../../../geodata/contract/sheets.ts';
import { readingRights } from '../../../server/accounts/reading-rights.ts';
import type { Database } from '../../../server/db/database.ts';
import { ForbiddenError, LantuError, UnauthorizedError } from '../../../server/errors.ts';
import type { SheetReader } from '../../../server/sheets/sheet-sources.ts';
import { createRevisionReader } from '../../../server/system/revisions.ts';
import { describeOnEngines } from '../../engines/on-engines.ts';
import { newDataset } from '../../fixtures/datasets.ts';
import { layerOf, type SheetsUnderTest, sheetsOf, viewer } from './sheets-under-test.ts';

const square = (x: number, y: number, size: number) =>
  `ST_Multi(ST_MakeEnvelope(${x}, ${y}, ${x + size}, ${y + size}, 4490))`;
const extent = (...edges: [number, number, number, number]) => ({ kind: 'extent' as const, extent: edges });
const picture = (others: Partial<SheetSpecInput> = {}): SheetSpecInput => ({
  template: 'picture',
  area: extent(115, 25, 115.5, 25.5),
  ...others,
});

describeOnEngines('sheets that cannot be as asked', ({ open }) => {
  let database: Database;
  let sheets: SheetsUnderTest;
  const run = (text: string, params: unknown[] = []) => database.query(text, params, { class: 'bulk' });
  beforeAll(async () => {
    database = await open();
    const [counties, sites, lines] = [
      await newDataset(database, 'counties', 'sample'),
      await newDataset(database, 'mine_sites', 'sample'),
      await newDataset(database, 'ecological_red_lines', 'official'),
    ];
    await run(`update app.dataset set classification = 'public' where layer_id <> 'ecological_red_lines'`);
    await run(
      `insert into geo.county (code, name, name_en, adcode, geom, dataset_id) values ('360732', '兴国县', 'Xingguo', '360732', ${square(115, 25, 0.5)}, $1)`,
      [counties],
    );
    await run(
      `insert into geo.mine_site (code, name, county_adcode, geom, dataset_id) values ('A', '甲', '360732', ${square(115.1, 25.1, 0.01)}, $1), ('B', '乙', '360732', null, $1)`,
      [sites],
    );
    await run(`insert into app.event_chain (dataset_id) values ($1)`, [sites]);
    await run(
      `insert into geo.ecological_red_line (code, name, geom, dataset_id) values ('L', '红线', ${square(115.2, 25.2, 0.1)}, $1)`,
      [lines],
    );
    sheets = sheetsOf(database);
  });

  const refusal = async (
    spec: SheetSpecInput,
    reader?: SheetReader,
  ): Promise<[string, string | undefined]> => {
    const error: unknown = await sheets.plan(spec, reader).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof LantuError)) throw error ?? new Error('it was not refused');
    expect(error.text.zh).not.toBe('');
    return [error.code, error.field];
  };

  it.each<[string, Partial<SheetSpecInput>, [string, string]]>([
    ['an unknown layer', { layers: [{ id: 'roads' }] }, ['not-found', 'layers.0.id']],
    ['a layer without data', { layers: [{ id: 'permanent_basic_farmland' }] }, ['not-found', 'layers.0.id']],
    [
      'a layer named twice',
      { layers: [{ id: 'mine_sites' }, { id: 'mine_sites' }] },
      ['unprocessable', 'layers.1.id'],
    ],
    [
      'an unknown entry',
      { layers: [{ id: 'mine_sites', entries: ['half_done'] }] },
      ['unprocessable', 'layers.0.entries'],
    ],
    [
      'an entry of a layer without any',
      { layers: [{ id: 'counties', entries: ['x'] }] },
      ['unprocessable', 'layers.0.entries'],
    ],
    ['an unknown county', { area: { kind: 'county', adcode: '110000' } }, ['not-found', 'area.adcode']],
    ['an unknown site', { area: { kind: 'site', code: 'Z' } }, ['not-found', 'area.code']],
    ['a site without patches', { area: { kind: 'site', code: 'B' } }, ['unprocessable', 'area.code']],
    ['an extent without size', { area: extent(115, 25, 115, 26) }, ['bad-request', 'area.extent']],
    ['an extent turned round', { area: extent(116, 25, 115, 26) }, ['bad-request', 'area.extent']],
    ['a code the database does not know', { srid: 1999 }, ['unprocessable', 'srid']],
    ['a geocentric system', { srid: 4978 }, ['unprocessable', 'srid']],
    ['a day to come', { asOf: '2025-10-09' }, ['bad-request', 'asOf']],
    ['a frame wider than its projection', { scale: 50_000_000, paper: 'A0' }, ['unprocessable', 'srid']],
  ])('are refused for %s, naming the field', async (_what, others, expected) => {
    expect(await refusal(picture(others))).toEqual(expected);
  });

  it('in one CRS after another are drawn or refused, and never break the engine', async () => {
    for (const srid of [4326, 3395, 32662, 27700, 3031, 2383, 2163, 5773, 4979, 32766]) {
      const said = await sheets.plan(picture({ srid })).then(
        ({ notices }) => notices.map(({ id }) => id).join(),
        (error: unknown) => (error instanceof LantuError ? `${error.code} ${error.field}` : String(error)),
      );
      expect([srid, said]).toEqual([srid, expect.stringMatching(/crs_|^unprocessable srid$/)]);
    }
    expect((await sheets.plan(picture())).crs.srid).toBe(4547);
  }, 120_000);

  describe('by who may not read a layer', () => {
    let closed: SheetReader;
    beforeAll(async () => {
      const revisions = await createRevisionReader(database).fresh();
      closed = {
        ...viewer,
        account: anonymous,
        rights: readingRights(anonymous, sheets.sources.catalogue, revisions),
      };
    });

    it('are refused where it was named', async () => {
      await expect(
        sheets.plan(picture({ layers: [{ id: 'ecological_red_lines' }] }), closed),
      ).rejects.toThrow(UnauthorizedError);
      const other = { ...viewer, account: { ...viewer.account, mustChangePassword: true } } as SheetReader;
      const revisions = await createRevisionReader(database).fresh();
      const rights = readingRights(other.account, sheets.sources.catalogue, revisions);
      await expect(
        sheets.plan(picture({ layers: [{ id: 'ecological_red_lines' }] }), { ...other, rights }),
      ).rejects.not.toThrow(ForbiddenError);
    });

    it('go without it where the template has it, and say so', async () => {
      const content = await sheets.read(picture(), closed);
      expect(content.layers.map(({ layerId }) => layerId)).toEqual(['counties', 'mine_sites']);
      expect(content.plan.notices.map(({ id }) => id)).toContain('layers_closed');
      expect(content.plan.notices.map(({ id }) => id)).not.toContain('sample_and_official_data');
    });

    it('are refused again if it was closed after planning', async () => {
      const plan = await sheets.plan(picture());
      const { readSheetContent } = await import('../../../server/sheets/read/read-sheet-content.ts');
      await expect(
        readSheetContent(sheets.sources, closed, plan, { watermark: null, page: null }),
      ).rejects.toThrow(UnauthorizedError);
    });

    it('tell no progress, no site and no county to whom these are closed', async () => {
      const rights = { mayRead: ({ id }: { id: string }) => id === 'rivers', check: closed.rights.check };
      const content = await sheets.read(picture({ area: { kind: 'county', adcode: '360732' } }), {
        ...closed,
        rights,
      });
      expect([content.progress, content.focusShape, content.inset, content.layers]).toEqual([
        null,
        null,
        null,
        [],
      ]);
    });
  });

  const notices = async (spec: SheetSpecInput) =>
    (await sheets.plan(spec)).notices.map(({ id, severity }) => `${id} ${severity}`);

  it('say that sample and official data stand side by side', async () => {
    expect(await notices(picture())).toEqual(
      expect.arrayContaining(['sample_data info', 'sample_and_official_data warning']),
    );
    expect(await notices(picture({ layers: [{ id: 'mine_sites' }] }))).toEqual(['sample_data info']);
  });

  it('are blocked as public with county lines and no map number, unless a reason is given', async () => {
    const open = picture({ classification: 'public', layers: [{ id: 'counties' }, { id: 'mine_sites' }] });
    expect(await notices(open)).toContain('map_number_missing blocking');
    expect(await notices({ ...open, slots: { mapNumber: '赣S(2025)001号' } })).not.toContain(
      'map_number_missing blocking',
    );
    const overridden = await notices({ ...open, overrideReason: '仅供测试' });
    expect(overridden).toContain('map_number_overridden warning');
    expect(overridden).not.toContain('map_number_missing blocking');
    expect(await notices({ ...open, classification: 'internal' })).not.toContain(
      'map_number_missing blocking',
    );
  });

  it('are blocked where a layer is classified above the sheet', async () => {
    const layers = [{ id: 'ecological_red_lines' }];
    expect(await notices(picture({ classification: 'public', layers }))).toContain(
      'classification_above_sheet blocking',
    );
    expect(await notices(picture({ classification: 'on_request', layers }))).toContain(
      'classification_above_sheet blocking',
    );
    expect(await notices(picture({ classification: 'internal', layers }))).not.toContain(
      'classification_above_sheet blocking',
    );
  });

  it('say what does not fit: the day, the scale, the CRS, the missing basemap', async () => {
    expect(await notices(picture({ asOf: '2025-10-08' }))).toContain('as_of_after_data warning');
    expect(await notices(picture({ asOf: '2025-09-30' }))).not.toContain('as_of_after_data warning');
    expect(await notices(picture({ scale: 10_000 }))).toContain('subject_does_not_fit warning');
    expect(await notices(picture({ srid: 3857 }))).toContain('crs_web_mercator warning');
    expect(await notices(picture({ srid: 4490 }))).toContain('crs_geographic warning');
    expect(await notices(picture({ srid: 4549 }))).toContain('crs_far_zone warning');
    expect(await notices(picture({ srid: 4548 }))).not.toContain('crs_far_zone warning');
    expect(await notices(picture({ srid: 2383 }))).toContain('crs_without_parameters warning');
    expect(await notices(picture({ basemap: true }))).toContain('basemap_unavailable warning');
  });

  it('follow the known extent of a county that is not loaded, and say so', async () => {
    const plan = await sheets.plan(picture({ area: { kind: 'county', adcode: '360702' } }));
    expect(plan.notices.map(({ id }) => id)).toContain('counties_not_loaded');
    expect(plan.focus).toMatchObject({ kind: 'county', name: { zh: '章贡区' } });
  });

  it('of one site draw this site alone', async () => {
    await run(
      `insert into geo.mine_site (code, name, county_adcode, geom, dataset_id) select 'C', '丙', '360732', ${square(115.11, 25.1, 0.001)}, id from app.dataset where layer_id = 'mine_sites'`,
    );
    const content = await sheets.read({ template: 'site', area: { kind: 'site', code: 'A' }, paper: 'A4' });
    expect(layerOf(content, 'mine_sites').features.map(({ code }) => code)).toEqual(['A']);
    expect(content.plan.focus).toMatchObject({ kind: 'site', code: 'A', name: '甲' });
  });
});
