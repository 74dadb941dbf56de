/** What a site page tells: facts of the day, patches with vertices in the home zone, timeline, photos. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anonymous } from '../../../geodata/contract/session.ts';
import { toGaussKruger } from '../../../geodata/domain/crs.ts';
import type { Database } from '../../../server/db/database.ts';
import { evidencePath } from '../../../server/evidence/evidence-files.ts';
import type { SiteContent } from '../../../server/sheets/sheet-content.ts';
import type { SheetReader } from '../../../server/sheets/sheet-sources.ts';
import { describeOnEngines } from '../../engines/on-engines.ts';
import { makePhoto } from '../../evidence/pictures.ts';
import { newDataset } from '../../fixtures/datasets.ts';
import { type SheetsUnderTest, sheetsOf, viewer } from './sheets-under-test.ts';

const first: [number, number][] = [
  [115.9, 25.5],
  [115.902, 25.5],
  [115.902, 25.502],
  [115.9, 25.502],
];
const wkt = (ring: readonly [number, number][], shift = 0) =>
  `((${[...ring, ring[0] ?? [0, 0]].map(([x, y]) => `${x + shift} ${y}`).join(',')}))`;

describeOnEngines('the page of a site', ({ open }) => {
  let database: Database;
  let sheets: SheetsUnderTest;
  let dataDir: string;
  const run = (text: string, params: unknown[] = []) => database.query(text, params, { class: 'bulk' });
  const page = async (asOf?: string, reader?: SheetReader): Promise<SiteContent> => {
    const spec = { template: 'site', paper: 'A4', area: { kind: 'site', code: 'A' } } as const;
    const { site } = await sheets.read(asOf === undefined ? spec : { ...spec, asOf }, reader);
    if (site === null) throw new Error('no site');
    return site;
  };
  const fact = ({ facts }: SiteContent, title: string) =>
    facts.find((each) => each.title.zh === title)?.value;

  beforeAll(async () => {
    database = await open();
    dataDir = await mkdtemp(join(tmpdir(), 'lantu-site-page-'));
    sheets = sheetsOf(database, { dataDir });
    const dataset = await newDataset(database, 'mine_sites', 'sample');
    await newDataset(database, 'mine_patches', 'sample');
    await run(`insert into app.event_chain (dataset_id) values ($1)`, [dataset]);
    await run(
      `insert into geo.mine_site (code, name, county_adcode, township, mineral, status, status_on, progress_percent, declared_area_m2, plan_year, dataset_id)
       values ('A', '三夹水', '360735', '横江镇', '钨', 'city_accepted', '2025-08-20', 100, 47500, 2024, $1)`,
      [dataset],
    );
    await run(
      `insert into geo.mine_patch (code, site_code, declared_area_m2, geom, dataset_id) values
        ('A002', 'A', 40000, ST_GeomFromText($2, 4490), $1),
        ('A001', 'A', null, ST_GeomFromText($3, 4490), $1)`,
      [dataset, `MULTIPOLYGON(${wkt(first, 0.01)},${wkt(first, 0.02)})`, `MULTIPOLYGON(${wkt(first)})`],
    );
    await run(
      `insert into app.mine_site_event (dataset_id, site_code, status, effective_on, period, recorded_at, recorded_by, progress_percent, facts, sets_state)
       select $1, 'A', e.status, e.day, to_char(e.day, 'YYYY-MM'), now(), '张某', e.percent, e.facts::jsonb, true
       from (values
        (1, 'in_progress', date '2024-03-01', 10::float8, null),
        (2, 'in_progress', date '2024-05-01', 60, null),
        (3, 'completed', date '2025-02-01', 100, null),
        (4, 'city_accepted', date '2025-08-20', 100, '{"acceptanceDocument":"赣市验〔2025〕3号"}')) as e (n, status, day, percent, facts)
       order by e.n`,
      [dataset],
    );
    const photos = [
      ['before', '2023-12-01T02:00:00Z', 'a', 4000, 3000],
      ['before', '2024-02-01T02:00:00Z', 'b', 400, 300],
      ['after', '2025-03-01T02:00:00Z', 'c', 300, 400],
      ['after', '2025-07-31T18:00:00Z', 'd', 300, 400],
    ] as const;
    for (const [moment, takenAt, seed, width, height] of photos) {
      const bytes = await makePhoto({ seed, width, height });
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (seed !== 'c') {
        await mkdir(dirname(evidencePath(dataDir, sha256)), { recursive: true });
        await writeFile(evidencePath(dataDir, sha256), bytes);
      }
      await run(
        `insert into app.attachment (site_code, kind, moment, file_name, sha256, byte_size, media_type, width, height, taken_at, checks, uploaded_by)
         values ('A', 'photo', $1, 'p.jpg', $2, $3, 'image/jpeg', $4, $5, $6, '[]', '张某')`,
        [moment, sha256, bytes.length, width, height, takenAt],
      );
    }
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('gives the facts in the words of the definition, with county names and hectares', async () => {
    const site = await page();
    expect(site.name).toBe('三夹水');
    expect(fact(site, '状态')).toEqual({ zh: '市级验收', en: 'City accepted' });
    expect(fact(site, '所在县(市、区)')).toMatchObject({ zh: '石城县' });
    expect(fact(site, '申报面积')).toEqual({ zh: '4.75 公顷', en: '4.75 ha' });
    expect(fact(site, '矿种')).toEqual({ zh: '钨', en: 'Tungsten' });
    expect(fact(site, '完工日期')).toBeUndefined();
  });

  it('gives facts and steps as of a past day', async () => {
    const site = await page('2024-06-30');
    expect(fact(site, '状态')).toMatchObject({ zh: '施工中' });
    expect(fact(site, '形象进度')).toEqual({ zh: '60%', en: '60%' });
    expect(site.timeline.map(({ on }) => on)).toEqual(['2024-03-01']);
  });

  it('tells each step once, with its document, and nobody by name', async () => {
    const site = await page();
    expect(site.timeline).toEqual([
      { on: '2024-03-01', words: { zh: '施工中', en: 'In progress' } },
      { on: '2025-02-01', words: { zh: '完工自验', en: 'Completed' } },
      {
        on: '2025-08-20',
        words: { zh: '市级验收(赣市验〔2025〕3号)', en: 'City accepted (赣市验〔2025〕3号)' },
      },
    ]);
    expect(JSON.stringify(site)).not.toContain('张某');
  });

  it('numbers the patches by code and gives their vertices as X north, Y east in the nearer home zone', async () => {
    const { patches, vertexCrs } = await page();
    expect(vertexCrs).toMatchObject({ srid: 4548, zone: 39, centralMeridian: 117 });
    expect(patches.map(({ code, rings }) => [code, rings.map(({ number }) => number)])).toEqual([
      ['A001', ['1']],
      ['A002', ['2', '2-2']],
    ]);
    expect(patches[1]?.areaSquareMeters).toBe(40_000);
    expect(patches[0]?.areaSquareMeters).toBeGreaterThan(40_000);
    const vertices = patches[0]?.rings[0]?.vertices ?? [];
    expect(vertices).toHaveLength(4);
    const expected = first.map((each) => {
      const [east, north] = toGaussKruger(each, 39);
      return [Math.round(north * 100) / 100, Math.round((east - 39_000_000) * 100) / 100];
    });
    expect([...vertices].sort()).toEqual(expected.sort());
  });

  it('shows the first photo before and the last one after, no larger than printed; a lost file is left out', async () => {
    const { photos } = await page();
    expect(photos.map(({ moment, takenOn }) => [moment, takenOn])).toEqual([
      ['before', '2023-12-01'],
      ['after', '2025-08-01'],
    ]);
    const { width = 0, format, exif } = await sharp(photos[0]?.bytes).metadata();
    expect([format, exif]).toEqual(['jpeg', undefined]);
    expect(width).toBeLessThan(2_000);
    expect(photos.map(({ aspect }) => Math.round(aspect * 100))).toEqual([133, 75]);
    // The last one by then is the one whose file is lost.
    expect((await page('2025-04-01')).photos.map(({ moment }) => moment)).toEqual(['before']);
  });

  it('shows no photo to whoever has not signed in', async () => {
    expect((await page(undefined, { ...viewer, account: anonymous })).photos).toEqual([]);
  });
});
