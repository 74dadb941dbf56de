/** Maps on paper through the interface: what is printed, for whom, what is refused, and the trace it leaves. */
import { execFileSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { SheetSpecInput } from '../../geodata/contract/sheets.ts';
import { savedSheetSchema, sheetJobSchema, sheetPlanResponseSchema } from '../../geodata/contract/sheets.ts';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import type { Database } from '../../server/db/database.ts';
import { openDatabase } from '../../server/db/open.ts';
import { loadSampleIfEmpty } from '../../server/imports/load-sample.ts';
import { type DatabasePlace, silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';

// Threads that draw start anew, and the sample is loaded: slow where the machine has much else to do.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const county: SheetSpecInput = {
  template: 'county',
  area: { kind: 'county', adcode: '360732' },
  classification: 'on_request',
  date: '2025-10-08',
};

describeOnEngines('sheets', ({ place }) => {
  let where: DatabasePlace;
  let database: Database;
  let service: ServiceUnderTest;
  let viewer: Record<string, string>;
  beforeAll(async () => {
    where = await place();
    database = await openDatabase(where, silentLog);
    await loadSampleIfEmpty(database, ganzhou, () => undefined);
    service = await startService(database, { config: where });
    viewer = await service.signedIn('viewer');
  });
  afterAll(async () => {
    await service.close();
    await database.close();
  });

  const addressOf = (spec: unknown, rest: string) =>
    `/api/sheets?spec=${encodeURIComponent(JSON.stringify(spec))}${rest}`;
  const get = (spec: unknown, rest = '', headers: Record<string, string> = {}) =>
    service.get(addressOf(spec, rest), headers);
  const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${service.url}${path}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const bytesOf = async (answer: Response): Promise<Buffer> => {
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
    return Buffer.from(await answer.arrayBuffer());
  };
  const order = async (body: unknown, headers = viewer) => {
    const answer = await send('POST', '/api/sheet-jobs', body, headers);
    const text = await answer.text();
    expect([answer.status, text.slice(0, 300)]).toEqual([202, expect.anything()]);
    return sheetJobSchema.parse(JSON.parse(text));
  };
  const jobOf = async (id: string, headers = viewer) =>
    sheetJobSchema.parse(await service.getJson(`/api/sheet-jobs/${id}`, headers));
  const workFolders = async (): Promise<string[]> => {
    const root = join(where.dataDir, 'imports');
    const processes = await readdir(root).catch(() => []);
    const inside = await Promise.all(processes.map((name) => readdir(join(root, name)).catch(() => [])));
    return inside.flat().filter((name) => name.startsWith('import-'));
  };

  it('are planned: paper, frame, scale and what to know', async () => {
    const answer = await send('POST', '/api/sheets/plan', county);
    const plan = sheetPlanResponseSchema.parse(await answer.json());
    expect(plan).toMatchObject({ paper: 'A3', srid: 4547, scale: expect.any(Number) });
    expect(plan.widthMm + plan.heightMm).toBe(717);
    expect(plan.frameRing.at(0)).toEqual(plan.frameRing.at(-1));
    const lngs = plan.frameRing.map(([lng]) => lng);
    expect(Math.min(...lngs)).toBeLessThan(plan.center[0]);
    expect(Math.max(...lngs)).toBeGreaterThan(plan.center[0]);
    expect(plan.notices.map(({ id }) => id)).toContain('sample_data');
  });

  it('come as a PDF whose Chinese is found, with a Chinese file name', async () => {
    const answer = await get(county, '&format=pdf');
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const name = decodeURIComponent(
      /filename\*=UTF-8''(\S+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '',
    );
    expect(name).toMatch(/^兴国县.*_A3_20251008_示意数据\.pdf$/);
    const text = execFileSync('pdftotext', ['-', '-'], { input: await bytesOf(answer) }).toString();
    for (const word of ['兴国县', '生态保护红线', '赣', '示意数据', '2025年10月8日'])
      expect(text).toContain(word);
    expect(text).not.toContain('�');
  });

  it('name 岿美山 in full on the sheet of its county', async () => {
    const spec = { ...county, area: { kind: 'county', adcode: '360728' } };
    const sites = await database.query<{ name: string }>(
      `select name from geo.mine_site where county_adcode = '360728' and name like '%岿%'`,
      [],
      { class: 'read' },
    );
    const bytes = await bytesOf(await get(spec, '&format=pdf'));
    const text = execFileSync('pdftotext', ['-', '-'], { input: bytes }).toString();
    if (sites.length > 0) expect(text).toContain('岿');
    expect(text).toContain('定南县');
  });

  it('come as a picture of exactly the paper at the resolution', async () => {
    const bytes = await bytesOf(await get(county, '&format=png&dpi=96'));
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    expect([width, height].sort((a, b) => b - a)).toEqual([
      Math.round((420 / 25.4) * 96),
      Math.round((297 / 25.4) * 96),
    ]);
  });

  it('come as an SVG that nothing runs in', async () => {
    const answer = await send('POST', '/api/sheets?format=svg', county);
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect(answer.headers.get('content-type')).toContain('image/svg+xml');
    expect((await bytesOf(answer)).toString()).toMatch(/^<\?xml|^<svg/);
  });

  it('are the same bytes for the same spec on the same data', async () => {
    for (const format of ['svg', 'png&dpi=72', 'pdf']) {
      const [one, other] = [
        await bytesOf(await get(county, `&format=${format}`)),
        await bytesOf(await get(county, `&format=${format}`)),
      ];
      expect([format, one.equals(other)]).toEqual([format, true]);
    }
  });

  it('lie on the map where they say: the scale of the file is the scale of the plan', async () => {
    const { id } = await order({ spec: county, format: 'zip', pageFormat: 'png', dpi: 150 });
    await expect.poll(async () => (await jobOf(id)).state, { timeout: 60_000 }).toBe('done');
    const file = await bytesOf(await service.get(`/api/sheet-jobs/${id}/file`, viewer));
    const zip = join(where.dataDir, 'sheet.zip');
    await writeFile(zip, file);
    const list = execFileSync('unzip', ['-p', zip, '*.pgw']).toString().split('\n');
    const plan = sheetPlanResponseSchema.parse(await (await send('POST', '/api/sheets/plan', county)).json());
    // Metres of a pixel, against metres of a millimetre on paper at that scale.
    const metersPerMm = (Number(list[0]) * 150) / 25.4;
    expect(Math.abs(metersPerMm / (plan.scale / 1000) - 1)).toBeLessThan(0.001);
    expect(Number(list[3])).toBeCloseTo(-Number(list[0]), 9);
  });

  it('carry name and minute of who prints across sheets for the office only', async () => {
    const spec = { ...county, classification: 'internal' };
    const svg = (await bytesOf(await get(spec, '&format=svg', viewer))).toString();
    expect(svg).toMatch(/aria-label="viewer \d+ 20\d\d-\d\d-\d\d \d\d:\d\d"/);
    expect((await bytesOf(await get(county, '&format=svg', viewer))).toString()).not.toMatch(
      /aria-label="viewer/,
    );
  });

  it('are refused with the field at fault', async () => {
    const cases: [spec: unknown, field: string, status: number][] = [
      [{ ...county, layers: [{ id: 'nowhere' }] }, 'layers.0.id', 404],
      [{ ...county, layers: [{ id: 'mine_sites' }, { id: 'mine_sites' }] }, 'layers.1.id', 422],
      [{ ...county, scale: 0 }, 'scale', 422],
      [{ ...county, scale: -5 }, 'scale', 422],
      [{ ...county, paper: 'A9' }, 'paper', 422],
      [{ ...county, area: { kind: 'county', adcode: '999999' } }, 'area.adcode', 404],
      [{ ...county, area: { kind: 'site', code: 'nowhere' } }, 'area.code', 404],
      [{ ...county, area: { kind: 'center', center: [115, 26] } }, 'scale', 422],
      [{ ...county, area: { kind: 'extent', extent: [116, 26, 115, 27] } }, 'area.extent', 400],
      [{ ...county, slots: { title: '图'.repeat(2_000) } }, 'slots.title', 422],
      [{ ...county, slots: { title: 'a\u0007b' } }, 'slots.title', 422],
      [{ ...county, srid: 9999 }, 'srid', 422],
      [{ ...county, asOf: '2999-01-01' }, 'asOf', 400],
      [{ ...county, unheard: 1 }, '', 422],
    ];
    for (const [spec, field, status] of cases) {
      const answer = await send('POST', '/api/sheets?format=svg', spec);
      const problem = (await answer.json()) as { field?: string; detail: string };
      const label = JSON.stringify(spec).slice(0, 120);
      expect([label, answer.status < 500]).toEqual([label, true]);
      if (field !== '') expect([label, problem.field, answer.status]).toEqual([label, field, status]);
      expect(problem.detail.length).toBeGreaterThan(3);
    }
  });

  it('are refused for parameters and bodies there are none of', async () => {
    expect((await service.get('/api/sheets?spec=none')).status).toBe(400);
    expect((await get(county, '&dpi=600&format=png')).status).toBe(400);
    expect((await get(county, '&dpi=0&format=png')).status).toBe(400);
    expect((await get(county, '&format=gif')).status).toBe(400);
    expect((await get(county, '&size=3')).status).toBe(400);
    const large = await send('POST', '/api/sheets', { ...county, slots: { note: 'x'.repeat(70_000) } });
    expect(large.status).toBe(413);
    expect(
      (await send('POST', '/api/sheet-jobs', { spec: county, format: 'zip', series: { by: 'x' } })).status,
    ).toBe(422);
  });

  it('print hostile text as text', async () => {
    const slots = { title: '<script>alert(1)</script>&"\' ]]>', note: '</text><image href="http://x/y"/>' };
    const svg = (await bytesOf(await get({ ...county, slots }, '&format=svg'))).toString();
    expect(/<script|<image|href="(?!#)/.test(svg)).toBe(false);
    const pdf = await bytesOf(await get({ ...county, slots }, '&format=pdf'));
    expect(execFileSync('pdftotext', ['-', '-'], { input: pdf }).toString()).toContain('<script>');
  });

  it('marked public that draw boundaries need 审图号 or a reason, which the audit keeps', async () => {
    const spec = { ...county, classification: 'public' };
    const refused = await get(spec, '&format=pdf', viewer);
    expect(refused.status).toBe(422);
    const problem = (await refused.json()) as { detail: string; field: string };
    expect(problem.detail).toContain('审图号');
    expect((await send('POST', '/api/sheet-jobs', { spec, format: 'pdf' }, viewer)).status).toBe(422);
    expect((await get(spec, '&format=svg&preview=true')).status).toBe(200);
    expect((await get({ ...spec, slots: { mapNumber: '赣S(2025)001号' } }, '&format=svg')).status).toBe(200);
    const reason = '内部校核用样张,不对外';
    expect((await get({ ...spec, overrideReason: reason }, '&format=svg', viewer)).status).toBe(200);
    const [line] = await auditLines();
    expect(line?.detail).toMatchObject({ overrideReason: reason, classification: 'public' });
  });

  const auditLines = () =>
    database.query<{ actor: string; subject: string; detail: Record<string, unknown> }>(
      `select actor, subject, detail from app.audit where action = 'sheet.print' order by id desc`,
      [],
      { class: 'lookup' },
    );

  it('leave a line in the audit for who signed in, and none for a preview or the open sample', async () => {
    const before = (await auditLines()).length;
    await bytesOf(await get(county, '&format=svg'));
    await bytesOf(await get(county, '&format=svg&preview=true', viewer));
    expect(await auditLines()).toHaveLength(before);
    await bytesOf(await get(county, '&format=png&dpi=72', viewer));
    const [line] = await auditLines();
    expect(line).toMatchObject({
      subject: 'county',
      detail: {
        area: { kind: 'county', adcode: '360732' },
        format: 'png',
        dpi: 72,
        pages: 1,
        layers: expect.arrayContaining(['mine_sites', 'ecological_red_lines']),
      },
    });
  });

  it('are made as a series: an index, a page a county with its own scale, bookmarks', async () => {
    const series = { by: 'county', adcodes: ['360732', '360728'] };
    const { id, pages } = await order({
      spec: { ...county, area: { kind: 'region' } },
      format: 'pdf',
      series,
    });
    expect(pages).toBeGreaterThan(0);
    await expect.poll(async () => (await jobOf(id)).state, { timeout: 120_000 }).toBe('done');
    const job = await jobOf(id);
    expect(job).toMatchObject({ pages: 3, pagesDone: 3, problem: null });
    // What holds of every page is told once.
    expect(job.notices.filter(({ id }) => id === 'sample_data')).toHaveLength(1);
    const answer = await service.get(`/api/sheet-jobs/${id}/file`, viewer);
    const file = await bytesOf(answer);
    expect(file.length).toBe(job.file?.bytes);
    const page = (number: number) =>
      execFileSync('pdftotext', ['-f', `${number}`, '-l', `${number}`, '-', '-'], { input: file }).toString();
    expect(page(1)).toContain('兴国县');
    expect(page(1)).toContain('定南县');
    expect(page(2)).toContain('定南县');
    expect(page(3)).toContain('兴国县');
    expect(page(2).match(/1:[\d ]+/)?.[0]).not.toBe(page(3).match(/1:[\d ]+/)?.[0]);
    const [line] = await auditLines();
    expect(line?.detail).toMatchObject({ series, pages: 3, format: 'pdf' });
    // Nobody else sees it.
    for (const other of [{}, await service.signedIn('viewer')]) {
      expect((await service.get(`/api/sheet-jobs/${id}`, other)).status).toBe(404);
      expect((await service.get(`/api/sheet-jobs/${id}/file`, other)).status).toBe(404);
    }
  });

  it('are cancelled at once, with nothing left on the disk', async () => {
    const { id } = await order({
      spec: { ...county, template: 'site' },
      format: 'pdf',
      series: { by: 'site' },
    });
    await expect.poll(async () => (await jobOf(id)).state).toBe('running');
    const queued = await order({ spec: county, format: 'pdf', series: { by: 'county' } });
    expect((await jobOf(queued.id)).position).toBe(1);
    for (const each of [queued.id, id]) {
      expect((await send('DELETE', `/api/sheet-jobs/${each}`, undefined, viewer)).status).toBe(204);
      expect((await jobOf(each)).state).toBe('cancelled');
    }
    const before = (await workFolders()).length;
    await expect
      .poll(async () => (await workFolders()).length, { timeout: 20_000 })
      .toBeLessThanOrEqual(before);
    expect((await service.get(`/api/sheet-jobs/${id}/file`, viewer)).status).toBe(409);
  });

  it('are kept by an account under a name, for nobody else', async () => {
    const path = `/api/saved-sheets/${encodeURIComponent('月调度 A3')}`;
    expect((await service.get('/api/saved-sheets')).status).toBe(401);
    expect((await send('PUT', path, county, { cookie: viewer.cookie ?? '' })).status).toBe(403);
    const saved = savedSheetSchema.parse(await (await send('PUT', path, county, viewer)).json());
    expect(saved).toMatchObject({ name: '月调度 A3', spec: { template: 'county', date: '2025-10-08' } });
    await send('PUT', path, { ...county, paper: 'A4' }, viewer);
    const { sheets } = await service.getJson<{ sheets: { spec: { paper: string } }[] }>(
      '/api/saved-sheets',
      viewer,
    );
    expect(sheets.map(({ spec }) => spec.paper)).toEqual(['A4']);
    const other = await service.signedIn('viewer');
    expect(await service.getJson('/api/saved-sheets', other)).toEqual({ sheets: [] });
    expect((await send('DELETE', path, undefined, other)).status).toBe(404);
    expect((await send('PUT', `/api/saved-sheets/${'x'.repeat(61)}`, county, viewer)).status).toBe(422);
    expect((await send('DELETE', path, undefined, viewer)).status).toBe(204);
    expect((await service.get(path, viewer)).status).toBe(404);
  });

  it('tell their templates', async () => {
    const { templates } = await service.getJson<{ templates: { id: string; title: { zh: string } }[] }>(
      '/api/sheet-templates',
    );
    expect(templates.map(({ id }) => id)).toEqual(['city', 'county', 'site', 'wall', 'slide', 'picture']);
  });

  it('show nothing of a layer that is closed to whoever asks', async () => {
    await database.query(
      `insert into app.layer_setting (layer_id, anonymous_read) values ('mine_sites', false)
       on conflict (layer_id) do update set anonymous_read = false`,
      [],
      { class: 'lookup' },
    );
    await expect
      .poll(async () => (await get({ ...county, layers: [{ id: 'mine_sites' }] }, '&format=svg')).status)
      .toBe(401);
    const plan = sheetPlanResponseSchema.parse(await (await send('POST', '/api/sheets/plan', county)).json());
    expect(plan.notices.map(({ id }) => id)).toContain('layers_closed');
    const pdf = await bytesOf(await get(county, '&format=pdf'));
    const text = execFileSync('pdftotext', ['-', '-'], { input: pdf }).toString();
    expect(text).not.toContain('萤石矿');
    const site = await database.query<{ code: string }>('select code from geo.mine_site limit 1', [], {
      class: 'lookup',
    });
    const closed = { ...county, template: 'site', area: { kind: 'site', code: site[0]?.code } };
    expect((await get(closed, '&format=svg')).status).toBe(401);
    expect(
      (await send('POST', '/api/sheet-jobs', { spec: closed, format: 'pdf', series: { by: 'site' } })).status,
    ).toBe(401);
    const open = await bytesOf(await get(county, '&format=pdf', viewer));
    expect(execFileSync('pdftotext', ['-', '-'], { input: open }).toString()).toContain('矿');
  });
});
