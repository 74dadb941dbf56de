/** Marking a site through the interface: who is let in, versions, refusals, and the way from the first report to closing. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  historySchema,
  type MineSite,
  markRefusalSchema,
  mineSiteSchema,
} from '../../geodata/contract/marking.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';
import { addEvidence, addSites } from '../fixtures/marked-sites.ts';

type Headers = Record<string, string>;
type Answered = { status: number; headers: globalThis.Headers; body: Record<string, unknown> };

const english = { 'accept-language': 'en' };

describeOnEngines('marking a site', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  let editor: Headers;
  let county: Headers;
  let city: Headers;
  beforeAll(async () => {
    database = await open();
    await addSites(database, [
      { code: 'A', status: 'approved', patches: 2 },
      { code: 'B', status: 'in_progress', percent: 40, treated: 25_500, startedOn: '2025-05-01' },
      { code: 'C', status: 'in_progress', percent: 40 },
      { code: '矿/1 号', status: 'in_progress' },
    ]);
    service = await startService(database);
    editor = await service.signedIn('editor');
    county = await service.signedIn('county_reviewer');
    city = await service.signedIn('city_reviewer');
  });
  afterAll(() => service.close());

  async function send(
    who: Headers,
    method: string,
    path: string,
    body?: unknown,
    headers: Headers = {},
  ): Promise<Answered> {
    const response = await fetch(`${service.url}/api/mine-sites/${path}`, {
      method,
      headers: { ...who, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  }
  const read = async (code: string, who: Headers = {}): Promise<MineSite> => {
    const answered = await send(who, 'GET', code);
    expect(answered.status).toBe(200);
    const site = mineSiteSchema.parse(answered.body);
    expect(answered.headers.get('etag')).toBe(`"${site.version}"`);
    expect(answered.headers.get('cache-control')).toBe('no-store');
    return site;
  };
  /** A write from the present version, which must succeed. */
  async function mark(who: Headers, method: string, path: string, body?: unknown): Promise<MineSite> {
    const { version } = await read(path.split('/')[0] ?? '');
    const answered = await send(who, method, path, body, { 'if-match': `"${version}"` });
    if (answered.status !== 200) throw new Error(JSON.stringify(answered.body));
    const site = mineSiteSchema.parse(answered.body);
    expect(answered.headers.get('etag')).toBe(`"${site.version}"`);
    return site;
  }
  const report = (answer: object, more: object = {}) => ({ effectiveOn: '2025-09-20', answer, ...more });

  it('goes from the first report through a return by the city to handing over', async () => {
    const started = report(
      { status: 'in_progress', progressPercent: 10, facts: { startedOn: '2025-09-10' } },
      { effectiveOn: '2025-09-10' },
    );
    let site = await mark(editor, 'PUT', 'A/reports/2025-09', started);
    expect(site).toMatchObject({ state: { status: 'approved' }, report: { state: 'submitted', round: 1 } });
    await mark(county, 'POST', 'A/reports/2025-09/opening');
    site = await mark(county, 'POST', 'A/reports/2025-09/review', { decision: 'pass' });
    expect(site).toMatchObject({
      state: { status: 'in_progress', statusOn: '2025-09-10', startedOn: '2025-09-10', progressPercent: 10 },
      report: { state: 'county_passed' },
    });
    const returned = { decision: 'return', reason: '缺开工照片' };
    site = await mark(city, 'POST', 'A/reports/2025-09/review', returned);
    expect(site).toMatchObject({
      state: { status: 'approved', statusOn: '2025-06-01', startedOn: null, progressPercent: null },
      report: { state: 'returned', returnedByLevel: 'city', returnReason: '缺开工照片' },
    });
    const attachments = [
      await addEvidence(database, 'A', 'selfCheckReport'),
      await addEvidence(database, 'A', 'afterPhoto', { kind: 'photo' }),
      await addEvidence(database, 'A', 'countyOpinion'),
      await addEvidence(database, 'A', 'expertOpinion'),
    ];
    await mark(editor, 'PUT', 'A/reports/2025-09', started);
    await mark(county, 'POST', 'A/reports/2025-09/review', { decision: 'pass' });
    site = await mark(city, 'POST', 'A/reports/2025-09/review', { decision: 'pass' });
    expect(site.report).toMatchObject({ state: 'city_passed', round: 2 });
    // September is answered: the works end in a report that came late, of August.
    const late = await send(
      editor,
      'PUT',
      'A/reports/2025-08',
      report({ status: 'completed' }, { attachments }),
      { 'if-match': `"${site.version}"` },
    );
    expect(late).toMatchObject({ status: 409, body: { obstacle: 'later_passed' } });
  });

  it('goes on by decisions, each with what it needs', async () => {
    await database.query(
      `insert into geo.mine_site (code, name, county_adcode, status, status_on, dataset_id)
       select 'D', '丁', '360732', 'completed', '2025-09-01', s.dataset_id from geo.mine_site as s where s.code = 'A'`,
      [],
      { class: 'bulk' },
    );
    const opinions = [
      await addEvidence(database, 'D', 'countyOpinion'),
      await addEvidence(database, 'D', 'expertOpinion'),
    ];
    const step = (to: string, effectiveOn: string, more: object = {}) => ({ to, effectiveOn, ...more });
    await mark(
      county,
      'POST',
      'D/decisions',
      step('county_accepted', '2025-09-02', { attachments: opinions }),
    );
    await mark(city, 'POST', 'D/decisions', step('city_accepted', '2025-09-03', { attachments: opinions }));
    const notice = { from: '2025-09-04', to: '2025-09-11', place: '市局官网', objections: '无' };
    await mark(city, 'POST', 'D/decisions', step('public_notice', '2025-09-04', { facts: { notice } }));
    const list = { facts: { documentNumber: '赣市自然资销〔2025〕9号' } };
    await mark(city, 'POST', 'D/decisions', step('closed', '2025-09-12', list));
    let site = await mark(county, 'POST', 'D/decisions', step('handed_over', '2025-09-20', list));
    expect(site.state).toMatchObject({ status: 'handed_over', aftercareUntil: '2028-09-03' });
    site = await mark(city, 'POST', 'D/decisions', {
      ...step('rectifying', '2025-09-28', { facts: { source: '回头看' } }),
      reason: '边坡滑塌',
    });
    expect(site).toMatchObject({ state: { status: 'rectifying' }, owes: 'month' });
    const page = await send(editor, 'GET', 'D/history?limit=2');
    const { events, nextBefore } = historySchema.parse(page.body);
    expect(events.map(({ status, reason }) => [status, reason])).toEqual([
      ['rectifying', '边坡滑塌'],
      ['handed_over', null],
    ]);
    expect(events[0]?.changes).toMatchObject({
      status: ['handed_over', 'rectifying'],
      source: [null, '回头看'],
    });
    const older = await send(editor, 'GET', `D/history?before=${nextBefore}&limit=200`);
    const rest = historySchema.parse(older.body);
    expect(rest.events.map(({ kind }) => kind)).toEqual([
      ...['decision', 'decision', 'decision', 'decision', 'import'],
    ]);
    expect(rest.nextBefore).toBeNull();
    const closing = events[1]?.seq === undefined ? '' : rest.events[0]?.seq;
    site = await mark(city, 'POST', 'D/restorations', { seq: closing, reason: '移交有误' });
    expect(site.state).toMatchObject({
      status: 'closed',
      handoverNumber: null,
      closingNumber: list.facts.documentNumber,
    });
    site = await mark(city, 'POST', 'D/corrections', {
      effectiveOn: '2025-09-12',
      treatedToDateSquareMeters: 18_000,
      reason: '验收复核',
    });
    expect(site.state.treatedAreaSquareMeters).toBe(18_000);
  });

  it('without the version is 428, from an old one 412 with the site as it stands', async () => {
    const body = report({ progressPercent: 50 });
    const without = await send(editor, 'PUT', 'C/reports/2025-09', body);
    expect(without).toMatchObject({
      status: 428,
      body: { code: 'precondition-required', field: 'If-Match' },
    });
    const { version } = await read('C');
    await mark(editor, 'PUT', 'C/reports/2025-09', body);
    for (const tag of [`"${version}"`, `W/"${version + 1}"`, '"99999999"']) {
      const stale = await send(editor, 'POST', 'C/reports/2025-09/withdrawal', undefined, {
        'if-match': tag,
      });
      expect(stale).toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
      const { current } = markRefusalSchema.parse(stale.body);
      expect(current).toMatchObject({ version: version + 1, report: { answer: { progressPercent: 50 } } });
    }
    for (const tag of ['*', '7', '"7", "8"', '"seven"', '""']) {
      const odd = await send(editor, 'PUT', 'C/reports/2025-09', body, { 'if-match': tag });
      expect(odd).toMatchObject({ status: 400, body: { field: 'If-Match' } });
    }
  });

  it('says at each field what cannot be and asks the reason of what is unlikely, in both languages', async () => {
    const { version } = await read('B');
    const tag = { 'if-match': `"${version}"` };
    const impossible = report(
      { status: 'completed', progressPercent: 90, patches: { X: 1 } },
      { effectiveOn: '2025-10-02' },
    );
    const refused = await send(editor, 'PUT', 'B/reports/2025-09', impossible, tag);
    expect(refused).toMatchObject({ status: 422, body: { code: 'unprocessable', field: 'effectiveOn' } });
    const { problems } = markRefusalSchema.parse(refused.body);
    expect(problems?.map(({ field }) => field)).toEqual([
      ...['effectiveOn', 'answer.progressPercent', 'attachments', 'attachments', 'answer.patches.X'],
    ]);
    const unlikely = report({ progressPercent: 41, treatedToDateSquareMeters: 24_000 });
    const warned = await send(editor, 'PUT', 'B/reports/2025-09', unlikely, tag);
    expect(warned).toMatchObject({
      status: 422,
      body: { detail: '累计治理面积 2.40 公顷,小于上月 2.55 公顷。请核对,或填写减少原因。' },
    });
    expect(markRefusalSchema.parse(warned.body).warnings).toMatchObject([{ id: 'treated_falls' }]);
    const inEnglish = await send(editor, 'PUT', 'B/reports/2025-09', unlikely, { ...tag, ...english });
    expect(inEnglish.body.detail).toContain('less than the 2.55 ha before');
    const reasons = { treated_falls: '重新测量' };
    const site = await mark(editor, 'PUT', 'B/reports/2025-09', { ...unlikely, reasons });
    expect(site.report?.flags).toMatchObject([{ id: 'treated_falls', reason: '重新测量' }]);
  });

  it.each([
    ['a status there is not', { status: 'done' }, 422],
    ['less than no area', { treatedToDateSquareMeters: -1 }, 422],
    ['more than all', { progressPercent: 101 }, 422],
    ['a field there is not', { colour: 'red' }, 422],
    ['a day of the year 0', { facts: { startedOn: '0000-01-01' } }, 422],
    [
      'a number too small for the database',
      { treatedToDateSquareMeters: 5e-324, progressPercent: 1e-310 },
      200,
    ],
  ])('meets %s without a fault', async (_, answer, status) => {
    const code = encodeURIComponent('矿/1 号');
    const { version } = await read(code);
    const answered = await send(editor, 'PUT', `${code}/reports/2025-09`, report(answer), {
      'if-match': `"${version}"`,
    });
    expect([answered.status, answered.body.detail]).toEqual([
      status,
      status === 200 ? undefined : expect.any(String),
    ]);
    if (status === 200) {
      const passed = await mark(county, 'POST', `${code}/reports/2025-09/review`, { decision: 'pass' });
      expect(passed.state).toMatchObject({ progressPercent: 0, treatedAreaSquareMeters: 0 });
    }
  });

  it('lets in nobody else, and tells nobody names who has not signed in', async () => {
    const other = await service.signedIn('editor', { units: ['360730'] });
    const { version } = await read('B');
    const tag = { 'if-match': `"${version}"` };
    const body = report({ progressPercent: 50 });
    expect(await send({}, 'PUT', 'B/reports/2025-09', body, tag)).toMatchObject({ status: 401 });
    expect(await send(other, 'PUT', 'B/reports/2025-09', body, tag)).toMatchObject({
      status: 403,
      body: { obstacle: 'not_your_unit' },
    });
    const { cookie } = editor as { cookie: string };
    expect((await send({ cookie }, 'PUT', 'B/reports/2025-09', body, tag)).status).toBe(403);
    expect((await send({}, 'GET', 'B/history')).status).toBe(401);
    const anonymous = await read('B');
    expect(anonymous.report?.submittedBy).toBe('');
    expect(new Set(anonymous.actions.map(({ obstacle }) => obstacle))).toEqual(new Set(['not_signed_in']));
    expect((await read('B', editor)).report?.submittedBy).toMatch(/^editor/);
  });

  it('offers what can be done and says why the rest cannot', async () => {
    const of = async (who: Headers) =>
      Object.fromEntries(
        (await read('B', who)).actions.map(({ action, to, obstacle }) => [
          [action, to].join(' ').trim(),
          obstacle,
        ]),
      );
    expect(await of(editor)).toMatchObject({
      report: 'already_reported',
      'report completed': 'already_reported',
      withdraw: null,
      pass: 'not_your_role',
      'decide excluded': 'not_your_role',
    });
    expect(await of(county)).toMatchObject({
      report: 'not_your_role',
      pass: null,
      return: null,
      correct: null,
    });
    expect(await of(city)).toMatchObject({ pass: 'nothing_reported', 'decide excluded': null });
  });

  it('answers odd addresses with what to do', async () => {
    expect((await send(editor, 'GET', 'none')).status).toBe(404);
    expect((await send(editor, 'GET', 'none/history')).status).toBe(404);
    const tag = { 'if-match': '"1"' };
    expect((await send(editor, 'POST', 'none/reports/2025-09/withdrawal', undefined, tag)).status).toBe(404);
    for (const month of ['2025-13', '0000-01', '2025', 'now'])
      expect(await send(editor, 'POST', `B/reports/${month}/opening`, undefined, tag)).toMatchObject({
        status: 400,
        body: { field: 'period' },
      });
    expect((await send(editor, 'GET', 'B?period=2025-07')).body).toMatchObject({
      period: '2025-07',
      report: null,
    });
    for (const query of ['before=x', 'limit=0', 'limit=201', 'limit=1e2', 'page=2'])
      expect((await send(editor, 'GET', `B/history?${query}`)).status).toBe(400);
    expect((await send(editor, 'GET', 'B?colour=red')).status).toBe(400);
    const put = await send(editor, 'PUT', 'B/decisions', {}, tag);
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await send(county, 'POST', 'B/restorations', { seq: '-1', reason: 'x' }, tag)).status).toBe(422);
    expect((await send(county, 'POST', 'B/restorations', { seq: '1', reason: ' ' }, tag)).status).toBe(422);
  });
});
