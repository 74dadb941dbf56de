/** Importing from the screen, as its requests: upload, inspect, map, check, start, report, take back. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import {
  type ImportJob,
  importJobSchema,
  importListSchema,
  importReportSchema,
} from '../../geodata/contract/imports.ts';
import { csrfHeader } from '../../geodata/contract/session.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { insertOddRows } from '../features/odd-rows.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';
import { redLineRows, redLineShapefile, writeGbkZip, zone38Prj } from '../fixtures/imports/deliveries.ts';

const layerId = 'ecological_red_lines';

describeOnEngines('an import by requests', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  let dataDir: string;
  let asAdministrator: Record<string, string>;
  const call = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = asAdministrator,
  ) =>
    fetch(`${service.url}/api${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  async function problemOf(answer: Promise<Response>) {
    const response = await answer;
    const problem = (await response.json()) as { code: string; detail: string };
    return { ...problem, status: response.status };
  }
  async function jobOf(answer: Promise<Response>): Promise<ImportJob> {
    const response = await answer;
    const text = await response.text();
    expect(response.ok, text).toBe(true);
    return importJobSchema.parse(JSON.parse(text));
  }
  async function settled(id: string): Promise<ImportJob> {
    for (;;) {
      const job = await jobOf(call('GET', `/imports/${id}`));
      if (!['reading', 'checking', 'importing'].includes(job.state)) return job;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  async function upload(
    files: Record<string, Buffer | string>,
    headers = asAdministrator,
    query = '',
  ): Promise<Response> {
    const form = new FormData();
    for (const [name, content] of Object.entries(files)) form.append('files', new Blob([content]), name);
    return fetch(`${service.url}/api/imports${query}`, { method: 'POST', body: form, headers });
  }
  async function redLineZip(): Promise<Buffer> {
    const folder = await mkdtemp(join(tmpdir(), 'lantu-zip-'));
    try {
      return await readFile(
        await writeGbkZip(folder, 'a.zip', { bytes: redLineShapefile(), prj: zone38Prj }),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  const stagedTables = () =>
    database.query(
      `select table_name from information_schema.tables where table_schema = 'stage' and table_name like 'staged%'`,
      [],
      { class: 'lookup' },
    );
  const uploadedFiles = async () =>
    (await readdir(join(dataDir, 'imports'), { recursive: true }).catch(() => [])).filter((name) =>
      /\.(zip|shp|dbf|geojson)$/.test(name),
    );

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'lantu-imports-'));
    database = await open();
    await insertOddRows(
      database,
      catalogue.filter(({ id }) => id === layerId),
    );
    service = await startService(database, { config: { dataDir } });
    asAdministrator = await service.signedIn('administrator', { username: 'importer' });
  });
  afterAll(async () => {
    await service.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('goes from a GBK shapefile in zone 38 to features, and back', async () => {
    const before = await service.get(`/ogc/collections/${layerId}/items?limit=100`);
    expect(before.status).toBe(200);
    const formerBody = await before.text();

    const created = await upload({ '定南县 红线(终).zip': await redLineZip() });
    expect(created.status).toBe(201);
    const { id, state, fileNames } = await jobOf(Promise.resolve(created));
    expect([state, fileNames]).toEqual(['reading', ['定南县 红线(终).zip']]);
    const inspected = await settled(id);
    expect(inspected).toMatchObject({
      state: 'inspected',
      problem: null,
      inspection: { format: 'shapefile', rowCount: redLineRows.length, crs: { srid: 4526 } },
    });
    expect(inspected.inspection?.columns).toContain('红线名称');

    const mapping = { name: '红线名称' };
    await jobOf(call('PATCH', `/imports/${id}`, { layerId, mapping }));
    await jobOf(call('POST', `/imports/${id}/check`));
    const checked = await settled(id);
    expect(checked).toMatchObject({ state: 'checked', problemCount: 0, report: { isDryRun: true } });
    expect(await (await service.get(`/ogc/collections/${layerId}/items?limit=100`)).text()).toBe(formerBody);

    await jobOf(call('POST', `/imports/${id}/start`));
    const unclassified = await settled(id);
    expect(unclassified).toMatchObject({ state: 'failed', problem: { field: 'classification' } });
    const patched = await jobOf(
      call('PATCH', `/imports/${id}`, { classification: 'internal', title: '定南红线' }),
    );
    expect(patched.state).toBe('checked');
    await jobOf(call('POST', `/imports/${id}/start`));
    const done = await settled(id);
    expect(done).toMatchObject({
      state: 'done',
      problem: null,
      report: { isDryRun: false, insertedCount: redLineRows.length, classification: 'internal' },
    });

    const report = await call('GET', `/imports/${id}/report`);
    expect(report.headers.get('content-disposition')).toContain('attachment');
    const { datasetId, columns } = importReportSchema.parse(await report.json());
    expect(columns.name).toBe('红线名称');

    expect((await service.get(`/ogc/collections/${layerId}/items`)).status).toBe(401);
    const { features } = await service.getJson<{ features: { id: string; properties: { name: string } }[] }>(
      `/ogc/collections/${layerId}/items`,
      asAdministrator,
    );
    expect(features.map((feature) => [feature.id, feature.properties.name]).sort()).toEqual(
      redLineRows.map(({ code, name }) => [code, name]).sort(),
    );

    const listed = importListSchema.parse(await (await call('GET', '/imports')).json());
    const dataset = listed.datasets.find((each) => each.id === datasetId);
    expect(dataset).toMatchObject({ title: '定南红线', state: 'current', takeBackRefusal: null });
    expect((await call('POST', `/datasets/${datasetId}/take-back`)).status).toBe(200);
    expect(
      featuresOf(await (await service.get(`/ogc/collections/${layerId}/items?limit=100`)).text()),
    ).toEqual(featuresOf(formerBody));
    expect((await problemOf(call('POST', `/datasets/${datasetId}/take-back`))).status).toBe(409);
    const audit = await database.query(`select actor, action from app.audit where actor = 'importer'`, [], {
      class: 'lookup',
    });
    expect(audit.length).toBeGreaterThanOrEqual(2);

    expect((await call('DELETE', `/imports/${id}`)).status).toBe(204);
    expect((await problemOf(call('GET', `/imports/${id}`))).code).toBe('not-found');
    expect(await uploadedFiles()).toEqual([]);
  });

  it('keeps the parts of a shapefile together, and leaves nothing behind when it is given up', async () => {
    const { shp, shx, dbf } = redLineShapefile();
    const parts = {
      '红线.shp': shp,
      '红线.shx': shx,
      '红线.dbf': dbf,
      '红线.prj': zone38Prj,
    };
    // Late in the evening of UTC it is the next day in Shanghai.
    const { id } = await jobOf(upload(parts, asAdministrator, '?modified=2025-06-30T20:00:00Z'));
    expect((await settled(id)).inspection).toMatchObject({
      format: 'shapefile',
      fileName: '红线.shp',
      fileDay: '2025-07-01',
    });
    await jobOf(call('PATCH', `/imports/${id}`, { layerId }));
    await jobOf(call('POST', `/imports/${id}/check`));
    expect((await settled(id)).state).toBe('checked');
    expect(await stagedTables()).not.toEqual([]);
    const cancelled = await jobOf(call('POST', `/imports/${id}/cancel`));
    expect(cancelled.state).toBe('cancelled');
    expect(await stagedTables()).toEqual([]);
    expect((await call('DELETE', `/imports/${id}`)).status).toBe(204);
    expect(await uploadedFiles()).toEqual([]);
  });

  it('says in the job why a file cannot be read, and lets another setting try again', async () => {
    const { id } = await jobOf(upload({ 'broken.zip': 'not a zip' }));
    const failed = await settled(id);
    expect(failed.state).toBe('failed');
    expect(failed.problem?.text.zh).toMatch(/\S/);
    expect((await problemOf(call('GET', `/imports/${id}/report`))).status).toBe(409);
    expect((await call('DELETE', `/imports/${id}`)).status).toBe(204);
  });

  it('takes no file from anyone but the administrator', async () => {
    expect((await upload({ 'a.zip': 'x' }, {})).status).toBe(401);
    expect(await uploadedFiles()).toEqual([]);
  });

  it('takes the cookie of a session only with its CSRF token, and from its own pages', async () => {
    const own = await service.signedIn('administrator');
    const { cookie } = own;
    expect((await call('GET', '/imports', undefined, { cookie })).status).toBe(200);
    const writes: [string, string, unknown?][] = [
      ['POST', '/imports', {}],
      ['PATCH', '/imports/x', {}],
      ['DELETE', '/imports/x'],
      ['POST', '/imports/x/check'],
      ['POST', '/imports/x/start'],
      ['POST', '/imports/x/cancel'],
      ['POST', '/datasets/999999/take-back'],
      ['PUT', '/import-profiles/x', {}],
      ['DELETE', '/import-profiles/x'],
    ];
    for (const [method, path, body] of writes) {
      const foreign: Record<string, string>[] = [
        { cookie },
        { ...own, [csrfHeader]: 'x'.repeat(43) },
        { ...own, origin: 'https://evil.example' },
        { ...own, 'sec-fetch-site': 'cross-site' },
      ];
      for (const headers of foreign) {
        expect((await call(method, path, body, headers)).status, `${method} ${path}`).toBe(403);
      }
      const { status } = await call(method, path, body, own);
      expect([404, 415, 422], `${method} ${path}: ${status}`).toContain(status);
    }
  });

  it('refuses what is malformed with words, never with a fault', async () => {
    const multipart = (body: string, type = 'multipart/form-data; boundary=b') =>
      fetch(`${service.url}/api/imports`, {
        method: 'POST',
        body,
        headers: { ...asAdministrator, 'content-type': type },
      });
    const part = (name: string, content = 'x') =>
      `--b\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n\r\n${content}\r\n`;
    const cases: [() => Promise<Response>, number][] = [
      [() => call('POST', '/imports', {}), 415],
      [() => multipart('--b--\r\n'), 400],
      [() => multipart('nothing'), 400],
      [() => multipart(part('a.zip')), 400],
      [() => multipart('x', 'multipart/form-data'), 415],
      [() => multipart(`${part('')}--b--\r\n`), 400],
      [() => multipart(`${part('a.shp')}${part('A.SHP')}--b--\r\n`), 422],
      [() => multipart(`--b\r\nContent-Disposition: form-data; name="layer"\r\n\r\nx\r\n--b--\r\n`), 400],
      [() => multipart(`${Array.from({ length: 201 }, (_, n) => part(`${n}.shp`)).join('')}--b--\r\n`), 413],
      [() => call('GET', '/imports/none'), 404],
      [() => call('PATCH', '/imports/none', {}), 404],
      [() => call('POST', '/imports/none/start'), 404],
      [() => call('DELETE', '/imports/none'), 404],
      [() => call('PUT', '/imports/none'), 405],
      [() => call('GET', '/imports?x=1'), 400],
      [() => call('GET', '/imports?modified=2025-06-30T20:00:00Z'), 400],
      [() => upload({ 'a.shp': 'x' }, asAdministrator, '?modified=yesterday'), 400],
      [() => call('POST', '/datasets/0x1/take-back'), 404],
      [() => call('POST', '/datasets/999999/take-back'), 404],
      [() => call('PUT', '/import-profiles/a', { name: 'b', layerId, columns: {} }), 422],
      [() => call('PUT', '/import-profiles/a', { name: 'a', layerId: 'x', columns: {} }), 422],
      [() => call('PUT', '/import-profiles/a', { name: 'a', layerId, columns: { 'no field': 'x' } }), 422],
      [() => call('GET', '/import-profiles/a'), 404],
      [() => call('DELETE', '/import-profiles/a'), 404],
    ];
    for (const [index, [answer, status]] of cases.entries()) {
      const problem = await problemOf(answer());
      expect([index, problem.status, problem.detail]).toEqual([index, status, expect.stringMatching(/\S/)]);
    }
    expect(await uploadedFiles()).toEqual([]);
  });

  it('keeps hostile file names inside its folder, and shows GBK ones as they are meant', async () => {
    const gbkName = Buffer.concat([
      Buffer.from('../../'),
      Buffer.from([0xba, 0xec, 0xcf, 0xdf]),
      Buffer.from('.geojson'),
    ]);
    const body = Buffer.concat([
      Buffer.from('--b\r\nContent-Disposition: form-data; name="files"; filename="'),
      gbkName,
      Buffer.from('"\r\n\r\n{"type":"FeatureCollection","features":[]}\r\n--b--\r\n'),
    ]);
    const answer = await fetch(`${service.url}/api/imports`, {
      method: 'POST',
      body,
      headers: { ...asAdministrator, 'content-type': 'multipart/form-data; boundary=b' },
    });
    const job = await jobOf(Promise.resolve(answer));
    expect(job.fileNames).toEqual(['红线.geojson']);
    expect((await uploadedFiles()).some((name) => name.endsWith('红线.geojson'))).toBe(true);
    expect((await call('DELETE', `/imports/${job.id}`)).status).toBe(204);
  });

  it('stores profiles, and gives them back', async () => {
    const profile = { name: '定南 格式', layerId, columns: { name: '红线名称', remark: null } };
    const path = `/import-profiles/${encodeURIComponent(profile.name)}`;
    expect((await call('PUT', path, { ...profile, columns: { name: '红线名称' } })).status).toBe(200);
    expect(await (await call('GET', path)).json()).toEqual({ ...profile, columns: { name: '红线名称' } });
    expect(await (await call('GET', '/import-profiles')).json()).toMatchObject({
      profiles: [{ name: '定南 格式' }],
    });
    expect((await call('DELETE', path)).status).toBe(204);
    expect(await (await call('GET', '/import-profiles')).json()).toEqual({ profiles: [] });
  });

  it('leaves nothing of an upload that breaks off', async () => {
    const started = httpRequest(`${service.url}/api/imports`, {
      method: 'POST',
      headers: {
        ...asAdministrator,
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': '1000000',
      },
    });
    started.on('error', () => undefined);
    started.write(
      `--b\r\nContent-Disposition: form-data; name="files"; filename="half.zip"\r\n\r\n${'x'.repeat(100_000)}`,
    );
    await expect.poll(uploadedFiles).toEqual([expect.stringMatching(/half\.zip$/)]);
    started.destroy();
    await expect.poll(uploadedFiles).toEqual([]);
    expect(importListSchema.parse(await (await call('GET', '/imports')).json()).jobs).toEqual([]);
  });
});

/** Sorted by code, without the version: a row that came back stands last, and counts as changed. */
function featuresOf(body: string): unknown[] {
  const { features } = JSON.parse(body) as { features: { id: string; properties: { version: number } }[] };
  for (const { properties } of features) properties.version = 0;
  return features.sort((a, b) => (a.id < b.id ? -1 : 1));
}
