import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Attachment,
  attachmentListSchema,
  attachmentSchema,
  type UploadAnswer,
  uploadAnswerSchema,
} from '../../geodata/contract/attachments.ts';
import { toGcj02 } from '../../geodata/domain/gcj02.ts';
import type { Database } from '../../server/db/database.ts';
import { evidencePath } from '../../server/evidence/evidence-files.ts';
import type { Problem } from '../../server/http/problem.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { addMineSites, corners } from '../evidence/mine-sites.ts';
import { makePhoto, pngClaiming } from '../evidence/pictures.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';

const pdf = Buffer.from('%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\nstartxref\n9\n%%EOF\n');
type Headers = Record<string, string>;
/** Else fetch adds `no-cache`, which asks for the whole answer. */
const asBrowsers = { 'cache-control': 'max-age=0' };
type Sent = { name: string; bytes: Buffer };

describeOnEngines('evidence of a mine site', ({ open }) => {
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

  const post = (path: string, headers: Headers, files: readonly Sent[], fields: Headers = {}) => {
    const form = new FormData();
    for (const { name, bytes } of files) form.append('files', new File([new Uint8Array(bytes)], name));
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return fetch(service.url + path, { method: 'POST', headers, body: form });
  };
  const upload = async (
    files: readonly Sent[],
    fields: Headers = {},
    code = 'A-001',
  ): Promise<UploadAnswer> => {
    const response = await post(`/api/mine-sites/${code}/attachments`, editor, files, fields);
    const body = await response.json();
    expect(body, JSON.stringify(body)).not.toHaveProperty('detail');
    expect(response.status).toBe(201);
    return uploadAnswerSchema.parse(body);
  };
  const uploadOne = async (bytes: Buffer, fields: Headers = {}, code = 'A-001'): Promise<Attachment> => {
    const { stored } = await upload([{ name: 'p.jpg', bytes }], fields, code);
    return stored[0] as Attachment;
  };
  const list = async (code = 'A-001'): Promise<Attachment[]> =>
    attachmentListSchema.parse(await service.getJson(`/api/mine-sites/${code}/attachments`, editor))
      .attachments;
  const refusal = async (file: Sent): Promise<Problem> => {
    const response = await post('/api/mine-sites/A-001/attachments', editor, [file]);
    expect(response.status).toBe(422);
    return (await response.json()) as Problem;
  };
  const inside = [corners['A-001'][0] + 0.001, corners['A-001'][1] + 0.001] as const;

  it('takes photos and a document at once and lists them', async () => {
    const answer = await upload(
      [
        {
          name: '近景 1.jpg',
          bytes: await makePhoto({ seed: 'list 1', at: inside, takenAt: '2025:09:12 10:30:00' }),
        },
        { name: '远景.webp', bytes: await makePhoto({ seed: 'list 2', format: 'webp' }) },
        { name: '自验报告.pdf', bytes: pdf },
      ],
      { moment: 'after', period: '2025-09', purpose: 'selfCheckReport' },
    );
    expect(answer.refused).toEqual([]);
    expect(answer.stored).toMatchObject([
      {
        fileName: '近景 1.jpg',
        kind: 'photo',
        mediaType: 'image/jpeg',
        width: 640,
        height: 480,
        takenAt: '2025-09-12T02:30:00Z',
        checks: [{ id: 'place_ok', distanceMeters: 0 }],
        moment: 'after',
        period: '2025-09',
        siteCode: 'A-001',
      },
      { fileName: '远景.webp', mediaType: 'image/webp', checks: [{ id: 'no_location' }], position: null },
      { fileName: '自验报告.pdf', kind: 'document', mediaType: 'application/pdf', checks: [], width: null },
    ]);
    const [lng, lat] = answer.stored[0]?.position ?? [0, 0];
    expect(Math.hypot(lng - inside[0], lat - inside[1])).toBeLessThan(1e-6);
    expect((await list()).map(({ id }) => id)).toEqual(answer.stored.map(({ id }) => id).toReversed());
  });

  it('keeps the bytes as they were sent', async () => {
    const bytes = await makePhoto({ seed: 'bytes' });
    const { id, sha256 } = await uploadOne(bytes);
    const response = await service.get(`/api/attachments/${id}`, editor);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-disposition': `inline; filename="p.jpg"; filename*=UTF-8''p.jpg`,
      etag: `"${sha256}"`,
      'cache-control': 'private, no-cache',
    });
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    const again = await service.get(`/api/attachments/${id}`, {
      ...editor,
      'if-none-match': `"${sha256}"`,
      ...asBrowsers,
    });
    expect(again.status).toBe(304);
    const part = await service.get(`/api/attachments/${id}`, { ...editor, range: 'bytes=0-9' });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
  });

  it('gives a small picture without metadata, made again where it is lost', async () => {
    const { id, sha256 } = await uploadOne(
      await makePhoto({ seed: 'small', width: 1200, height: 900, at: inside }),
    );
    const read = async () => {
      const response = await service.get(`/api/attachments/${id}/thumbnail`, editor);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/webp']);
      return sharp(Buffer.from(await response.arrayBuffer())).metadata();
    };
    const { width, height, exif } = await read();
    expect([width, height, exif]).toEqual([400, 300, undefined]);
    await rm(`${evidencePath(dataDir, sha256)}.webp`);
    expect((await read()).width).toBe(400);
    const etag = { ...editor, 'if-none-match': `"${sha256}-small"`, ...asBrowsers };
    expect((await service.get(`/api/attachments/${id}/thumbnail`, etag)).status).toBe(304);
  });

  it('saves documents under their name, and shows a PDF only where that is asked for', async () => {
    const { stored } = await upload([
      { name: '意见 "县级"(1).pdf', bytes: Buffer.concat([pdf, Buffer.from('\n')]) },
    ]);
    const address = `/api/attachments/${stored[0]?.id}`;
    const saved = await service.get(address, editor);
    expect(saved.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\w. -]+\.pdf"; filename\*=UTF-8''%E6%84%8F%E8%A7%81%20/,
    );
    const shown = await service.get(`${address}?inline=true`, editor);
    expect(shown.headers.get('content-disposition')).toMatch(/^inline;/);
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await service.get(`${address}/thumbnail`, editor)).status).toBe(404);
  });

  describe('checks of a photo', () => {
    const idsOf = ({ checks }: Attachment) => checks.map(({ id }) => id);
    const metersEast = (meters: number): [number, number] => [
      corners['A-001'][0] + 0.002 + meters / (111_320 * Math.cos((26.3 * Math.PI) / 180)),
      inside[1],
    ];

    it('take a place within 200 m of the outline', async () => {
      const near = await uploadOne(await makePhoto({ seed: 'near', at: metersEast(150) }));
      expect(near.checks).toMatchObject([{ id: 'place_ok' }]);
      expect(near.checks[0]?.distanceMeters).toBeGreaterThan(145);
      expect(near.checks[0]?.distanceMeters).toBeLessThan(155);
      expect(idsOf(await uploadOne(await makePhoto({ seed: 'far', at: metersEast(300) })))).toEqual([
        'wrong_place',
      ]);
    });

    it('recognise the offset of GCJ-02', async () => {
      const shifted = await uploadOne(await makePhoto({ seed: 'shifted', at: toGcj02(inside) }));
      expect(idsOf(shifted)).toEqual(['shifted_coordinates']);
      expect(shifted.checks[0]?.distanceMeters).toBeGreaterThan(300);
    });

    it('compare the time with the month and with now', async () => {
      const taken = async (takenAt: string, fields: Headers) =>
        idsOf(await uploadOne(await makePhoto({ seed: `time ${takenAt}`, at: inside, takenAt }), fields));
      const september = { period: '2025-09', moment: 'after' };
      expect(await taken('2025:07:20 08:00:00', september)).toEqual(['place_ok']);
      expect(await taken('2025:06:20 08:00:00', september)).toEqual(['place_ok', 'wrong_time']);
      expect(await taken('2020:06:20 08:00:00', { ...september, moment: 'before' })).toEqual(['place_ok']);
      expect(await taken('2025:12:20 08:00:00', september)).toEqual(['place_ok', 'wrong_time']);
      expect(await taken('2099:01:01 08:00:00', {})).toEqual(['place_ok', 'wrong_time']);
    });

    it('name the photo that looks the same, also made smaller and of another site', async () => {
      const first = await makePhoto({ seed: 'twin', width: 1600, height: 1200 });
      const { id } = await uploadOne(first);
      const smaller = await sharp(first).resize(500).jpeg({ quality: 60 }).toBuffer();
      const twin = await uploadOne(smaller, {}, 'A-002');
      expect(twin.checks).toContainEqual({
        id: 'duplicate',
        sameAs: [{ id, siteCode: 'A-001', siteName: '甲矿' }],
      });
      expect(idsOf(await uploadOne(await makePhoto({ seed: 'no twin' }), {}, 'A-002'))).toEqual([
        'no_location',
      ]);
    });
  });

  it('keeps the same file for the same purpose once, however often it is sent at once', async () => {
    const bytes = await makePhoto({ seed: 'at once' });
    const before = (await list()).length;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => uploadOne(bytes, { period: '2025-09' })),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers[0]?.checks.map(({ id }) => id)).toEqual(['no_location']);
    expect(await list()).toHaveLength(before + 1);
  });

  describe('refuses, saying what to do,', () => {
    it('a decompression bomb', async () => {
      expect((await refusal({ name: 'a.png', bytes: pngClaiming(60_000, 60_000) })).detail).toMatch(
        /60000 × 60000/,
      );
    });
    it('a photo cut short', async () => {
      const photo = await makePhoto({ seed: 'cut' });
      expect((await refusal({ name: 'a.jpg', bytes: photo.subarray(0, photo.length * 0.7) })).detail).toMatch(
        /不完整/,
      );
      const png = await makePhoto({ seed: 'cut', format: 'png' });
      expect((await refusal({ name: 'a.png', bytes: png.subarray(0, png.length * 0.7) })).detail).toMatch(
        /不完整/,
      );
      const webp = await makePhoto({ seed: 'cut', format: 'webp' });
      expect((await refusal({ name: 'a.png', bytes: webp.subarray(0, webp.length * 0.7) })).detail).toMatch(
        /不完整/,
      );
    });
    it('a drawing with a script, whatever it is named', async () => {
      const svg =
        '\uFEFF<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
      expect((await refusal({ name: 'a.jpg', bytes: Buffer.from(svg) })).detail).toMatch(/SVG/);
    });
    it('web pages, programs, HEIC, old Office files, nothing at all', async () => {
      for (const [bytes, words] of [
        [Buffer.from('<!DOCTYPE html><script>1</script>'), /网页/],
        [Buffer.from('MZ\x90\0'), /程序/],
        [Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), /HEIC.*JPEG/],
        [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /DOCX/],
        [Buffer.alloc(0), /空/],
        [Buffer.from('%PDF-1.4 and then no end'), /PDF 不完整/],
        [Buffer.from('PK\x03\x04 no zip', 'latin1'), /损坏/],
      ] as const)
        expect((await refusal({ name: 'a.jpg', bytes })).detail).toMatch(words);
    });
    it('a script in the name, but a name with folders is only its last part', async () => {
      const bytes = await makePhoto({ seed: 'names' });
      expect((await refusal({ name: '<script>alert(1)</script>.jpg', bytes })).detail).toMatch(/文件名/);
      const { stored } = await upload([{ name: '../../../etc/passwd.jpg', bytes }]);
      expect(stored[0]?.fileName).toBe('passwd.jpg');
    });
    it('one of several, keeping the others', async () => {
      const bytes = await makePhoto({ seed: 'several' });
      const { stored, refused } = await upload([
        { name: 'bad.jpg', bytes: Buffer.from('nothing') },
        { name: 'good.jpg', bytes },
      ]);
      expect(stored.map(({ fileName }) => fileName)).toEqual(['good.jpg']);
      expect(refused.map(({ fileName }) => fileName)).toEqual(['bad.jpg']);
    });
    it('a file beyond its limit', async () => {
      const photo = await makePhoto({ seed: 'large' });
      const large = Buffer.concat([photo, Buffer.alloc(21 * 2 ** 20)]);
      expect((await refusal({ name: 'a.jpg', bytes: large })).detail).toMatch(/20 MB/);
      const larger = Buffer.concat([pdf, Buffer.alloc(51 * 2 ** 20), pdf]);
      expect((await refusal({ name: 'a.pdf', bytes: larger })).detail).toMatch(/50 MB/);
    });
    it('fields it does not know', async () => {
      const bytes = await makePhoto();
      const wrong: Headers[] = [
        { moment: 'later' },
        { period: '2025-13' },
        { purpose: 'fun' },
        { colour: 'red' },
      ];
      for (const fields of wrong) {
        const response = await post(
          '/api/mine-sites/A-001/attachments',
          editor,
          [{ name: 'a.jpg', bytes }],
          fields,
        );
        expect([response.status, ((await response.json()) as Problem).field]).toEqual([
          422,
          Object.keys(fields)[0],
        ]);
      }
    });
    it('a body that is no form, a form without a file, and one torn off', async () => {
      const address = `${service.url}/api/mine-sites/A-001/attachments`;
      const send = (headers: Headers, body: string) =>
        fetch(address, { method: 'POST', headers: { ...editor, ...headers }, body });
      expect((await send({ 'content-type': 'application/json' }, '{}')).status).toBe(415);
      const form = { 'content-type': 'multipart/form-data; boundary=x' };
      expect((await send(form, '--x--\r\n')).status).toBe(400);
      const torn = '--x\r\nContent-Disposition: form-data; name="f"; filename="a.jpg"\r\n\r\nabc';
      expect((await send(form, torn)).status).toBe(400);
    });
    it('leaving nothing behind in the folder of works', async () => {
      expect(await readdir(join(dataDir, 'imports')).catch(() => [])).toEqual([]);
    });
  });

  it('serves a polyglot as what it is on the outside, so that nothing in it runs', async () => {
    const photo = await makePhoto({ seed: 'polyglot' });
    const bytes = Buffer.concat([photo, Buffer.from('<html><script>alert(1)</script></html>')]);
    const { id } = await uploadOne(bytes);
    const response = await service.get(`/api/attachments/${id}`, editor);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
  });

  describe('is added', () => {
    const tries = async (headers: Headers, code = 'A-001') =>
      (await post(`/api/mine-sites/${code}/attachments`, headers, [{ name: 'a.pdf', bytes: pdf }])).status;
    it('by editors and reviewers of the unit and by the city, by nobody else', async () => {
      expect(await tries(editor)).toBe(201);
      expect(await tries(editor, 'B-001')).toBe(403);
      expect(await tries(await service.signedIn('county_reviewer', { units: ['360732'] }))).toBe(201);
      expect(await tries(await service.signedIn('county_reviewer', { units: ['360730'] }))).toBe(403);
      expect(await tries(await service.signedIn('city_reviewer'))).toBe(201);
      for (const role of ['viewer', 'administrator', 'auditor'] as const)
        expect(await tries(await service.signedIn(role))).toBe(403);
      expect(await tries({})).toBe(401);
      expect(await tries(editor, 'nowhere')).toBe(404);
      expect(await tries({ cookie: editor.cookie ?? '' })).toBe(403);
    });
    it('and read by all who have signed in', async () => {
      const { id } = (await list())[0] as Attachment;
      const viewer = await service.signedIn('viewer');
      for (const path of ['/api/mine-sites/A-001/attachments', `/api/attachments/${id}`]) {
        expect((await service.get(path, viewer)).status).toBe(200);
        expect((await service.get(path)).status).toBe(401);
      }
      for (const path of [
        '/api/attachments/999999',
        '/api/attachments/x',
        '/api/mine-sites/nowhere/attachments',
      ])
        expect((await service.get(path, viewer)).status).toBe(404);
    });
  });

  describe('is withdrawn', () => {
    const version = async (code = 'A-001'): Promise<number> => {
      const sql = 'select version from geo.mine_site where code = $1';
      const [row] = await database.query<{ version: number }>(sql, [code], { class: 'lookup' });
      return row?.version ?? 0;
    };
    const withdraw = (id: string, headers: Headers) =>
      fetch(`${service.url}/api/attachments/${id}`, { method: 'DELETE', headers });

    it('from the version one has seen, stays in the list, and may be sent again', async () => {
      const bytes = await makePhoto({ seed: 'withdrawn' });
      const { id } = await uploadOne(bytes);
      const seen = await version();
      expect((await withdraw(id, editor)).status).toBe(428);
      const stale = await withdraw(id, { ...editor, 'if-match': `"${seen + 1}"` });
      expect(stale.status).toBe(412);
      expect(await stale.json()).toMatchObject({ current: { code: 'A-001', version: seen } });
      const done = await withdraw(id, { ...editor, 'if-match': `"${seen}"` });
      expect([done.status, done.headers.get('etag')]).toEqual([200, `"${seen + 1}"`]);
      expect(attachmentSchema.parse(await done.json()).withdrawnAt).not.toBeNull();
      expect(await version()).toBe(seen + 1);
      expect((await list()).find((one) => one.id === id)?.withdrawnAt).not.toBeNull();
      expect((await withdraw(id, { ...editor, 'if-match': `"${seen + 1}"` })).status).toBe(409);
      expect((await service.get(`/api/attachments/${id}`, editor)).status).toBe(200);
      const again = await uploadOne(bytes);
      expect(again.id).not.toBe(id);
      expect(again.checks.map((check) => check.id)).toEqual(['no_location']);
    });

    it('by nobody while a report or a decision rests on it', async () => {
      const { id, sha256 } = await uploadOne(await makePhoto({ seed: 'needed' }), {}, 'A-002');
      const setState = async (state: string | null) => {
        const sql = `insert into app.mine_site_report (site_code, period, state, effective_on, answer, submitted_by, submitted_at)
          values ('A-002', '2025-09', $1, '2025-09-10', '{}', 'test', now())
          on conflict (site_code, period) do update set state = $1 returning id`;
        const [row] = await database.query<{ id: string }>(sql, [state], { class: 'lookup' });
        await database.query('update app.attachment set report_id = $1 where id = $2', [row?.id, id], {
          class: 'lookup',
        });
      };
      const tries = async () => withdraw(id, { ...editor, 'if-match': `"${await version('A-002')}"` });
      for (const [state, words] of [
        ['submitted', /先撤回月报/],
        ['county_passed', /不能撤回/],
        ['city_passed', /不能撤回/],
      ] as const) {
        await setState(state);
        const refused = await tries();
        expect(refused.status).toBe(409);
        expect(((await refused.json()) as Problem).detail).toMatch(words);
      }
      await setState('returned');
      expect((await tries()).status).toBe(200);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    });

    it('by its sender or an editor of the unit only', async () => {
      const { id } = await uploadOne(await makePhoto({ seed: 'others' }));
      const match = async () => ({ 'if-match': `"${await version()}"` });
      for (const role of ['viewer', 'county_reviewer', 'city_reviewer'] as const)
        expect((await withdraw(id, { ...(await service.signedIn(role)), ...(await match()) })).status).toBe(
          403,
        );
      const colleague = await service.signedIn('editor', { units: ['360732'] });
      expect((await withdraw(id, { ...colleague, ...(await match()) })).status).toBe(200);
    });
  });

  it('says in the audit who added and withdrew, and who fetched what another had sent', async () => {
    const { id } = (await list())[0] as Attachment;
    const viewer = await service.signedIn('viewer', { username: 'curious' });
    await service.get(`/api/attachments/${id}`, viewer);
    await service.get(`/api/attachments/${id}`, viewer);
    // Whoever reads the audit sees what was counted until then.
    expect((await service.get('/api/audit?f=csv', await service.signedIn('auditor'))).status).toBe(200);
    const rows = await database.query<{ action: string }>(
      "select distinct action from app.audit where action like 'evidence.%' order by action",
      [],
      { class: 'lookup' },
    );
    expect(rows.map(({ action }) => action)).toEqual(['evidence.add', 'evidence.withdraw']);
    const fetched = await database.query<{ requests: number }>(
      `select (detail ->> 'requests')::integer as requests from app.audit
       where action = 'read.download' and actor = 'curious' and subject = 'mine_sites'`,
      [],
      { class: 'lookup' },
    );
    expect(fetched).toEqual([{ requests: 2 }]);
  });
});
