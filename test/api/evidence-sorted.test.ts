/** Many files at once, each for the site its name tells. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  attachmentSchema,
  type UploadAnswer,
  uploadAnswerSchema,
} from '../../geodata/contract/attachments.ts';
import type { Database } from '../../server/db/database.ts';
import type { Problem } from '../../server/http/problem.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { addMineSites } from '../evidence/mine-sites.ts';
import { makePhoto } from '../evidence/pictures.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';
import { encodeGbk } from '../fixtures/imports/gbk.ts';
import { type ZipEntry, zipBytes } from '../fixtures/imports/zip-bytes.ts';

type Headers = Record<string, string>;
type Sent = { name: string; bytes: Buffer };

describeOnEngines('evidence of many sites', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  let dataDir: string;
  let editor: Headers;
  beforeAll(async () => {
    database = await open();
    await addMineSites(database);
    dataDir = await mkdtemp(join(tmpdir(), 'lantu-evidence-'));
    service = await startService(database, { config: { dataDir } });
    editor = await service.signedIn('editor', { units: ['360732'] });
  });
  afterAll(async () => {
    await service.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const post = (files: readonly Sent[], headers: Headers = editor, fields: Headers = {}) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    for (const { name, bytes } of files) form.append('files', new File([new Uint8Array(bytes)], name));
    return fetch(`${service.url}/api/attachments`, { method: 'POST', headers, body: form });
  };
  const send = async (files: readonly Sent[], headers?: Headers, fields?: Headers): Promise<UploadAnswer> => {
    const response = await post(files, headers, fields);
    const body = await response.json();
    expect(response.status, JSON.stringify(body)).toBeLessThan(300);
    return uploadAnswerSchema.parse(body);
  };
  const assign = (token: string, code: string, headers: Headers = editor) =>
    fetch(`${service.url}/api/attachments/unmatched/${token}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
  const places = ({ stored }: UploadAnswer) =>
    stored.map(({ siteCode, fileName }) => `${siteCode} ${fileName}`).sort();

  it('finds the site in the names of files', async () => {
    const answer = await send(
      [
        { name: 'A-001 近景.jpg', bytes: await makePhoto({ seed: 's1' }) },
        { name: '远景_a-002_2.jpg', bytes: await makePhoto({ seed: 's2' }) },
        { name: 'A-0011.jpg', bytes: await makePhoto({ seed: 's3' }) },
        { name: 'A-001与A-002.jpg', bytes: await makePhoto({ seed: 's4' }) },
        { name: 'B-001.jpg', bytes: await makePhoto({ seed: 's5' }) },
        { name: 'A-001.jpg', bytes: Buffer.from('no photo') },
      ],
      editor,
      { moment: 'during', period: '2025-09' },
    );
    expect(places(answer)).toEqual(['A-001 A-001 近景.jpg', 'A-002 远景_a-002_2.jpg']);
    expect(answer.stored[0]).toMatchObject({ moment: 'during', period: '2025-09' });
    expect(answer.unmatched.map(({ fileName }) => fileName)).toEqual([
      'A-0011.jpg',
      'A-001与A-002.jpg',
      'B-001.jpg',
    ]);
    expect(answer.refused.map(({ fileName }) => fileName)).toEqual(['A-001.jpg']);
  });

  it('finds it in the names of a zip and its folders, also in GBK', async () => {
    const entries: ZipEntry[] = [
      { name: encodeGbk('兴国县/A-001甲矿/照片/远景.jpg'), data: await makePhoto({ seed: 'z1' }) },
      { name: encodeGbk('兴国县/A-001甲矿/A-002.jpg'), data: await makePhoto({ seed: 'z2' }) },
      { name: encodeGbk('兴国县/说明.jpg'), data: await makePhoto({ seed: 'z3' }) },
      { name: '__MACOSX/A-001/._x.jpg', data: Buffer.from('x') },
      { name: 'A-001/Thumbs.db', data: Buffer.from('x') },
      { name: 'A-001/notes.txt', data: Buffer.from('words') },
    ];
    const answer = await send([{ name: '资料.zip', bytes: zipBytes(entries) }]);
    expect(places(answer)).toEqual(['A-001 远景.jpg', 'A-002 A-002.jpg']);
    expect(answer.unmatched.map(({ fileName }) => fileName)).toEqual(['说明.jpg']);
    expect(answer.refused.map(({ fileName }) => fileName)).toEqual(['notes.txt']);
  });

  it('takes the code of the zip itself where its entries name none', async () => {
    const bytes = zipBytes([{ name: 'x.jpg', data: await makePhoto({ seed: 'z9' }) }]);
    expect(places(await send([{ name: 'A-002.zip', bytes }]))).toEqual(['A-002 x.jpg']);
  });

  it('refuses a zip that leads out of its folder, holds too much, or programs', async () => {
    const refusal = async (entries: ZipEntry[]): Promise<string> => {
      const response = await post([{ name: 'A-001.zip', bytes: zipBytes(entries) }]);
      expect(response.status).toBe(422);
      return ((await response.json()) as Problem).detail;
    };
    expect(await refusal([{ name: '../A-001.jpg', data: Buffer.from('x') }])).toMatch(/路径/);
    expect(await refusal([{ name: 'A-001.exe', data: Buffer.from('x') }])).toMatch(/程序/);
    const many = Array.from({ length: 201 }, (_, n) => ({ name: `A-001/${n}.jpg`, data: Buffer.from('x') }));
    expect(await refusal(many)).toMatch(/200/);
  });

  it('lets whoever sent an unmatched file give it a site, once', async () => {
    const { unmatched } = await send([{ name: '无名.jpg', bytes: await makePhoto({ seed: 'u1' }) }], editor, {
      period: '2025-08',
    });
    const token = unmatched[0]?.token ?? '';
    const colleague = await service.signedIn('editor', { units: ['360732'] });
    expect((await assign(token, 'A-001', colleague)).status).toBe(404);
    expect((await assign(token, 'B-001')).status).toBe(403);
    expect((await assign(token, 'nowhere')).status).toBe(404);
    expect((await assign('../../etc/passwd', 'A-001')).status).toBe(404);
    const answers = await Promise.all([assign(token, 'A-001'), assign(token, 'A-001')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404]);
    const done = answers.find(({ status }) => status === 201) as Response;
    expect(attachmentSchema.parse(await done.json())).toMatchObject({
      siteCode: 'A-001',
      fileName: '无名.jpg',
      period: '2025-08',
    });
    expect((await assign(token, 'A-001')).status).toBe(404);
    expect(
      (await readdir(join(dataDir, 'evidence/unmatched'))).filter((name) => name.startsWith(token)),
    ).toEqual([]);
  });

  it('gives a city reviewer every site that a unit reports', async () => {
    const city = await service.signedIn('city_reviewer');
    const answer = await send([{ name: 'B-001.jpg', bytes: await makePhoto({ seed: 'c1' }) }], city);
    expect(places(answer)).toEqual(['B-001 B-001.jpg']);
    expect(
      (await post([{ name: 'A-001.jpg', bytes: Buffer.from('x') }], await service.signedIn('viewer'))).status,
    ).toBe(403);
  });
});
