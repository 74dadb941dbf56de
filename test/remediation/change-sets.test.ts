/** Many sites marked as one and taken back as one, through the interface. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChangeSetList, changeSetListSchema } from '../../geodata/contract/change-sets.ts';
import type { MineSite } from '../../geodata/contract/marking.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';
import {
  brokenChains,
  type Headers,
  makeSet,
  post,
  stateOf,
  stateOn,
  targets,
  undoSet,
  uploadDocument,
} from '../fixtures/change-set-client.ts';
import { addEvidence, addSites } from '../fixtures/marked-sites.ts';

const period = '2025-09';
const day = '2025-09-20';

describeOnEngines('change sets', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  let editor: Headers;
  let county: Headers;
  let city: Headers;
  beforeAll(async () => {
    database = await open();
    await addSites(database, [
      ...['P1', 'P2', 'P3'].map((code) => ({ code, status: 'in_progress', percent: 40 })),
      ...['C1', 'C2', 'C3'].map((code) => ({ code, status: 'completed', startedOn: '2025-02-01' })),
      ...['A1', 'A2'].map((code) => ({ code, status: 'county_accepted' })),
      { code: 'R1', status: 'in_progress', percent: 10, treated: 1000, patches: 2 },
      { code: 'F1', status: 'in_progress', percent: 70, startedOn: '2025-02-01' },
      { code: 'Z1', status: 'completed', unit: 'zone' },
    ]);
    service = await startService(database);
    editor = await service.signedIn('editor');
    county = await service.signedIn('county_reviewer');
    city = await service.signedIn('city_reviewer');
  });
  afterAll(async () => {
    expect(await brokenChains(database)).toEqual([]);
    await service.close();
  });

  const sites = (...codes: string[]) => targets(database, codes);
  const read = (code: string): Promise<MineSite> => service.getJson(`/api/mine-sites/${code}`, city);
  const setsOf = async (who: Headers, query = ''): Promise<ChangeSetList> =>
    changeSetListSchema.parse(await service.getJson(`/api/change-sets${query}`, who));
  const eventsOf = (id: string) =>
    database.query<{ site_code: string; kind: string; reason: string | null; evidence: string[] | null }>(
      'select site_code, kind, reason, evidence from app.mine_site_event where change_set_id = $1 order by seq',
      [id],
      { class: 'read' },
    );
  const noProgress = async (...codes: string[]) => ({
    kind: 'no_progress',
    sites: await sites(...codes),
    period,
    effectiveOn: day,
    reason: '雨季停工',
  });
  const accept = async (facts: object, ...codes: string[]) => ({
    kind: 'decision',
    sites: await sites(...codes),
    decision: { to: 'county_accepted', effectiveOn: day, facts },
  });

  it('reports no progress of many with one reason, reviews them as many, and takes both back in turn', async () => {
    const before = await stateOf(database);
    const reported = await makeSet(service, editor, await noProgress('P1', 'P2', 'P3'));
    expect(reported).toMatchObject({
      kind: 'no_progress',
      siteCount: 3,
      undoneById: null,
      undoObstacle: null,
    });
    expect(await eventsOf(reported.id)).toEqual(
      ['P1', 'P2', 'P3'].map((site_code) => ({
        site_code,
        kind: 'report_submitted',
        reason: '雨季停工',
        evidence: null,
      })),
    );
    const submitted = await stateOf(database);
    const review = { decision: 'pass' };
    const passed = await makeSet(service, county, {
      kind: 'review',
      sites: await sites('P1', 'P2', 'P3'),
      period,
      review,
    });
    expect((await read('P2')).report).toMatchObject({
      state: 'county_passed',
      answer: { noProgressReason: '雨季停工' },
    });
    const early = await post(service, editor, `change-sets/${reported.id}/undo`, { reason: '误填' });
    expect(early.status).toBe(409);
    expect(early.body.sites).toMatchObject([{ code: 'P1' }, { code: 'P2' }, { code: 'P3' }]);
    const { changeSets } = await setsOf(editor);
    expect(changeSets.map(({ id, undoObstacle }) => [id, undoObstacle])).toEqual([
      [passed.id, 'not_yours'],
      [reported.id, 'marked_since'],
    ]);
    const undone = await undoSet(service, county, passed.id);
    expect(undone).toMatchObject({
      kind: 'undo',
      undoesId: passed.id,
      undoObstacle: 'is_undo',
      siteCount: 3,
    });
    expect(await stateOf(database)).toEqual(submitted);
    // The undo of the review was recorded since: the sites are as submitted, but not untouched.
    expect((await post(service, editor, `change-sets/${reported.id}/undo`, { reason: '误填' })).status).toBe(
      409,
    );
    for (const code of ['P1', 'P2', 'P3']) {
      const { version } = await read(code);
      const headers = { ...editor, 'if-match': `"${version}"` };
      const url = `${service.url}/api/mine-sites/${code}/reports/${period}/withdrawal`;
      expect((await fetch(url, { method: 'POST', headers })).status).toBe(200);
    }
    expect(await stateOf(database)).toEqual(before);
  });

  it('takes back reports that nobody has opened, not those the county has', async () => {
    const before = await stateOf(database);
    const first = await makeSet(service, editor, await noProgress('P1', 'P2'));
    await undoSet(service, editor, first.id);
    expect(await stateOf(database)).toEqual(before);
    expect((await read('P1')).report).toMatchObject({ state: 'withdrawn' });
    expect((await post(service, editor, `change-sets/${first.id}/undo`, { reason: 'x' })).status).toBe(409);
    const second = await makeSet(service, editor, await noProgress('P1', 'P2'));
    const { version } = await read('P1');
    const opening = await fetch(`${service.url}/api/mine-sites/P1/reports/${period}/opening`, {
      method: 'POST',
      headers: { ...county, 'if-match': `"${version}"` },
    });
    expect(opening.status).toBe(200);
    expect((await setsOf(editor)).changeSets[0]).toMatchObject({
      id: second.id,
      undoObstacle: 'marked_since',
    });
    const refused = await post(service, editor, `change-sets/${second.id}/undo`, { reason: 'x' });
    expect(refused).toMatchObject({ status: 422, body: { sites: [{ code: 'P1' }] } });
    await undoSet(service, city, second.id);
    expect(await stateOf(database)).toEqual(before);
  });

  it('accepts a list under one number with one document, one event a site', async () => {
    const before = await stateOf(database);
    const number = '兴自然资字〔2025〕18号';
    const without = await post(service, county, 'change-sets', await accept({}, 'C1', 'C2'));
    expect(without).toMatchObject({ status: 422, body: { sites: [{ code: 'C1' }, { code: 'C2' }] } });
    expect(await stateOf(database)).toEqual(before);
    const documentId = await uploadDocument(service, county, '验收名单');
    const order = { ...(await accept({ documentNumber: number }, 'C1', 'C2', 'C3')), documentId };
    const set = await makeSet(service, county, order);
    expect(set).toMatchObject({
      kind: 'decision',
      title: `县级验收 ${number}`,
      documentNumber: number,
      siteCount: 3,
      documents: [{ documentId, fileName: '名单.pdf', mediaType: 'application/pdf' }],
    });
    expect(await eventsOf(set.id)).toMatchObject(
      ['C1', 'C2', 'C3'].map((site_code) => ({ site_code, kind: 'decision', evidence: [documentId] })),
    );
    const fetched = await service.get(`/api/change-sets/${set.id}/documents/${documentId}`, city);
    expect([fetched.status, fetched.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(await fetched.text()).toContain('验收名单');
    const elsewhere = `/api/change-sets/${Number(set.id) - 1}/documents/${documentId}`;
    expect((await service.get(elsewhere, city)).status).toBe(404);
    expect((await read('C3')).state).toMatchObject({ status: 'county_accepted', statusOn: day });
    const daysBefore = await stateOn(database, '2025-09-19');
    await undoSet(service, city, set.id);
    expect(await stateOf(database)).toEqual(before);
    expect(await stateOn(database, '2025-09-19')).toEqual(daysBefore);
    const audited = await database.query<{ action: string }>(
      "select action from app.audit where action like 'change-set.%' and subject in ($1, $2) order by seq",
      [set.id, documentId],
      { class: 'read' },
    );
    expect(audited.map(({ action }) => action)).toEqual(['change-set.document', 'change-set.make']);
    const later = await makeSet(service, county, { ...order, sites: await sites('C1') });
    await undoSet(service, county, later.id);
    // The document is of who uploaded it, and the step of the county.
    const others = { ...order, sites: await sites('C1') };
    expect((await post(service, city, 'change-sets', others)).status).toBe(422);
    const own = await uploadDocument(service, city, '验收名单');
    expect(own).toBe(documentId);
    expect((await post(service, city, 'change-sets', others)).status).toBe(403);
  });

  it('gives back what the city accepted: numbers, days and aftercare', async () => {
    const before = await stateOf(database);
    const documentId = await uploadDocument(service, city, '专家意见');
    const decision = { to: 'city_accepted', effectiveOn: day, facts: { documentNumber: '赣市〔2025〕7号' } };
    const set = await makeSet(service, city, {
      kind: 'decision',
      sites: await sites('A1', 'A2'),
      decision,
      documentId,
    });
    expect((await read('A1')).state).toMatchObject({
      status: 'city_accepted',
      acceptedOn: day,
      aftercareUntil: '2028-09-20',
      acceptanceDocument: '赣市〔2025〕7号',
    });
    await undoSet(service, city, set.id);
    expect(await stateOf(database)).toEqual(before);
  });

  it('takes back a return, after which the report can be returned again', async () => {
    const before = await stateOf(database);
    const report = {
      effectiveOn: day,
      answer: { progressPercent: 30, patches: { 'R1-1': 2000, 'R1-2': 3000 } },
    };
    const { version } = await read('R1');
    const sent = await fetch(`${service.url}/api/mine-sites/R1/reports/${period}`, {
      method: 'PUT',
      headers: { ...editor, 'content-type': 'application/json', 'if-match': `"${version}"` },
      body: JSON.stringify(report),
    });
    expect(sent.status).toBe(200);
    const reviewed = async (who: Headers, review: object) =>
      makeSet(service, who, { kind: 'review', sites: await sites('R1'), period, review });
    await reviewed(county, { decision: 'pass' });
    const passed = await stateOf(database);
    expect((await read('R1')).state).toMatchObject({ progressPercent: 30, treatedAreaSquareMeters: 5000 });
    const returned = await reviewed(city, { decision: 'return', reason: '照片不清' });
    expect((await read('R1')).state).toMatchObject({ progressPercent: 10, treatedAreaSquareMeters: 1000 });
    await undoSet(service, city, returned.id);
    const again = await stateOf(database);
    expect(withoutEffect(again)).toEqual(withoutEffect(passed));
    await reviewed(city, { decision: 'return', reason: '照片仍不清' });
    expect(await stateOf(database)).toMatchObject({
      sites: before.sites as unknown[],
      patches: before.patches,
    });
  });

  it('frees the report it stood on', async () => {
    const attachments = [
      await addEvidence(database, 'F1', 'selfCheckReport'),
      await addEvidence(database, 'F1', 'afterPhoto', { kind: 'photo' }),
    ];
    const { version } = await read('F1');
    const sent = await fetch(`${service.url}/api/mine-sites/F1/reports/${period}`, {
      method: 'PUT',
      headers: { ...editor, 'content-type': 'application/json', 'if-match': `"${version}"` },
      body: JSON.stringify({ effectiveOn: '2025-09-10', answer: { status: 'completed' }, attachments }),
    });
    expect(sent.status).toBe(200);
    const review = async (decision: object) => ({
      kind: 'review',
      sites: await sites('F1'),
      period,
      review: decision,
    });
    await makeSet(service, county, await review({ decision: 'pass' }));
    const documentId = await uploadDocument(service, county, '验收名单');
    const accepted = await makeSet(service, county, { ...(await accept({}, 'F1')), documentId });
    const back = { decision: 'return', reason: '照片不符' };
    const refused = await post(service, city, 'change-sets', await review(back));
    expect(refused).toMatchObject({ status: 422, body: { sites: [{ code: 'F1' }] } });
    await undoSet(service, county, accepted.id);
    await makeSet(service, city, await review(back));
    expect((await read('F1')).state).toMatchObject({ status: 'in_progress', progressPercent: 70 });
  });

  it('is refused as a whole where one site was changed meanwhile, with the site as it stands', async () => {
    const before = await stateOf(database);
    const order = await noProgress('P1', 'P2', 'P3');
    const stale = order.sites.map((site, index) =>
      index === 1 ? { ...site, version: site.version - 1 } : site,
    );
    const refused = await post(service, editor, 'change-sets', { ...order, sites: stale });
    expect(refused).toMatchObject({
      status: 412,
      body: { sites: [{ code: 'P2' }], currentSites: [{ code: 'P2', version: order.sites[1]?.version }] },
    });
    expect(await stateOf(database)).toEqual(before);
  });

  it('is made only by who may mark every site', async () => {
    const order = await noProgress('P1');
    const other = await service.signedIn('editor', { units: ['360730'] });
    for (const who of [other, county, city]) {
      const refused = await post(service, who, 'change-sets', order);
      expect(refused).toMatchObject({ status: 403, body: { sites: [{ code: 'P1' }] } });
    }
    for (const role of ['viewer', 'administrator', 'auditor'] as const) {
      const who = await service.signedIn(role);
      expect((await post(service, who, 'change-sets', order)).status).toBe(403);
      expect((await setsOf(who, '?limit=1')).changeSets).toHaveLength(1);
    }
    const documentId = await uploadDocument(service, county, '越权');
    const beyond = { ...(await accept({}, 'C1', 'Z1')), documentId };
    expect(await post(service, county, 'change-sets', beyond)).toMatchObject({
      status: 403,
      body: { sites: [{ code: 'Z1' }] },
    });
    const made = await makeSet(service, editor, order);
    const colleague = await service.signedIn('editor');
    expect((await post(service, colleague, `change-sets/${made.id}/undo`, { reason: 'x' })).status).toBe(403);
    await undoSet(service, editor, made.id);
  });

  it('says what is wrong with an order', async () => {
    const order = await noProgress('P1');
    const [first] = order.sites;
    const bad: [object, Headers, number][] = [
      [{ ...order, sites: [first, first] }, editor, 422],
      [{ ...order, sites: [] }, editor, 422],
      [{ ...order, sites: [{ code: 'nowhere', version: 1 }] }, editor, 422],
      [{ ...order, effectiveOn: '2025-10-05' }, editor, 422],
      [{ ...order, period: '2025-10' }, editor, 422],
      [{ ...order, reason: ' ' }, editor, 422],
      [{ ...(await accept({ acceptedAreaSquareMeters: 5 }, 'C1', 'C2')) }, county, 422],
      [{ ...(await accept({}, 'C1')), documentId: 'f'.repeat(64) }, county, 422],
    ];
    for (const [body, who, status] of bad)
      expect([body, (await post(service, who, 'change-sets', body)).status]).toEqual([body, status]);
    for (const path of ['change-sets/999/undo', 'change-sets/x/undo'])
      expect((await post(service, editor, path, { reason: 'x' })).status).toBe(404);
    expect((await service.get('/api/change-sets?before=x', editor)).status).toBe(400);
    expect((await service.get('/api/change-sets?limit=0', editor)).status).toBe(400);
    const photo = new FormData();
    photo.append('files', new Blob(['MZ']), '名单.exe');
    const sent = await fetch(`${service.url}/api/change-sets/documents`, {
      method: 'POST',
      headers: county,
      body: photo,
    });
    expect(sent.status).toBe(422);
  });

  it('is listed page by page', async () => {
    const all = await setsOf(city, '?limit=100');
    const [first, second] = all.changeSets;
    const page = await setsOf(city, '?limit=1');
    expect(page.changeSets.map(({ id }) => id)).toEqual([first?.id]);
    expect(page.nextBefore).toBe(first?.id);
    const next = await setsOf(city, `?limit=1&before=${page.nextBefore}`);
    expect(next.changeSets.map(({ id }) => id)).toEqual([second?.id]);
    expect(all.nextBefore).toBeNull();
  });

  it('cannot be taken back once its sample sites are cleared', async () => {
    const { id } = await makeSet(service, editor, await noProgress('P1'));
    await database.query("select app.clear_sample('test')", [], { class: 'bulk' });
    expect((await setsOf(editor)).changeSets[0]).toMatchObject({ id, undoObstacle: 'marked_since' });
    expect((await post(service, editor, `change-sets/${id}/undo`, { reason: '误填' })).status).toBe(409);
  });
});

/** Taking a return back gives the report another event to be in effect by. */
function withoutEffect(state: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(state), (name, value) => (name === 'effect_seq' ? null : value));
}
