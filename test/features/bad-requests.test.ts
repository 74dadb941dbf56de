/** What a wrong request is told: never a 500, never a silent guess, always a problem document. */
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { QueryTimeoutError } from '../../server/errors.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from './service-under-test.ts';

type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  field?: string;
};

const items = '/ogc/collections/mine_sites/items';
const tiles = '/ogc/collections/mine_sites/tiles/WebMercatorQuad';

const wrong: [name: string, path: string, status: number, field: string | undefined][] = [
  ['a limit of 0', `${items}?limit=0`, 400, 'limit'],
  ['a negative limit', `${items}?limit=-1`, 400, 'limit'],
  ['a limit over the maximum', `${items}?limit=10001`, 400, 'limit'],
  ['a limit that is no number', `${items}?limit=ten`, 400, 'limit'],
  ['an empty limit', `${items}?limit=`, 400, 'limit'],
  ['a bbox of three numbers', `${items}?bbox=1,2,3`, 400, 'bbox'],
  ['a bbox of words', `${items}?bbox=a,b,c,d`, 400, 'bbox'],
  ['a bbox with NaN', `${items}?bbox=NaN,0,1,1`, 400, 'bbox'],
  ['a bbox with infinity', `${items}?bbox=1e999,0,1,1`, 400, 'bbox'],
  ['a bbox with reversed latitudes', `${items}?bbox=114,27,116,25`, 400, 'bbox'],
  ['a bbox with reversed heights', `${items}?bbox=114,25,9,116,27,1`, 400, 'bbox'],
  ['a bbox outside the world', `${items}?bbox=38500000,2800000,38600000,2900000`, 400, 'bbox'],
  [
    'a projected bbox far from its zone',
    `${items}?bbox=1e8,1e8,2e8,2e8&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4526`,
    400,
    'bbox',
  ],
  [
    'a bbox with swapped axes',
    `${items}?bbox=38500000,2800000,38600000,2900000&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4526`,
    400,
    'bbox',
  ],
  ['an empty bbox', `${items}?bbox=`, 400, 'bbox'],
  ['an unknown bbox-crs', `${items}?bbox=1,2,3,4&bbox-crs=EPSG:4326`, 400, 'bbox-crs'],
  ['an unknown crs', `${items}?crs=http://www.opengis.net/def/crs/EPSG/0/2383`, 400, 'crs'],
  ['a datetime that is none', `${items}?datetime=yesterday`, 400, 'datetime'],
  ['a day that does not exist', `${items}?datetime=2025-02-30`, 400, 'datetime'],
  ['an interval that ends before it begins', `${items}?datetime=2025-03-01/2025-02-01`, 400, 'datetime'],
  ['an interval open on both sides', `${items}?datetime=../..`, 400, 'datetime'],
  ['an interval of three parts', `${items}?datetime=2025-01-01/2025-02-01/2025-03-01`, 400, 'datetime'],
  ['an unknown parameter', `${items}?colour=red`, 400, 'colour'],
  ['a field that is no queryable', `${items}?area_m2=1`, 400, 'area_m2'],
  ['a repeated parameter', `${items}?limit=1&limit=2`, 400, 'limit'],
  ['a word for a number', `${items}?plan_year=soon`, 400, 'plan_year'],
  ['a number beyond the integers', `${items}?plan_year=99999999999999999999`, 400, 'plan_year'],
  ['a page key that was made up', `${items}?after=x`, 400, 'after'],
  ['a precision that is not offered', `${items}?precision=15`, 400, 'precision'],
  ['an unknown derived member', `${items}?derived=centroid`, 400, 'derived'],
  ['a format that is not offered', `${items}?f=html`, 400, 'f'],
  ['%00 in a value', `${items}?code=a%00b`, 400, 'code'],
  ['%00 in a name', `${items}?a%00=b`, 400, undefined],
  ['%00 in the path', '/ogc/collections/mine_sites/items/a%00b', 400, undefined],
  ['malformed percent-encoding in the query', `${items}?code=%E4%B8`, 400, 'code'],
  ['malformed percent-encoding in the path', '/ogc/collections/mine_sites/items/%E4%B8', 400, undefined],
  ['10 kB of query', `${items}?code=${'a'.repeat(10_240)}`, 414, undefined],
  ['an unknown collection', '/ogc/collections/mines/items', 404, 'collectionId'],
  ['an unknown collection document', '/ogc/collections/mines', 404, 'collectionId'],
  ['a name of the prototype', '/ogc/collections/__proto__', 404, 'collectionId'],
  ['an unknown feature', '/ogc/collections/mine_sites/items/nobody', 404, undefined],
  ['a tile column outside its range', `${tiles}/3/1/8`, 404, 'x'],
  ['a tile row outside its range', `${tiles}/3/8/1`, 404, 'y'],
  ['a zoom beyond the layer', `${tiles}/17/0/0`, 404, 'z'],
  ['a tile of words', `${tiles}/a/b/c`, 400, 'z'],
  ['a negative tile', `${tiles}/3/-1/0`, 400, 'y'],
  ['a tile of fractions', `${tiles}/3/1.5/0`, 400, 'y'],
  ['a tile with a parameter', `${tiles}/0/0/0?a=b`, 400, 'a'],
  ['another tile matrix set', '/ogc/collections/mine_sites/tiles/WorldCRS84Quad/0/0/0', 404, undefined],
  ['an unknown parameter of a document', '/ogc/collections?q=1', 400, 'q'],
  ['an unknown path', '/ogc/features', 404, undefined],
  ['an unknown path of the API', '/api/nothing', 404, undefined],
  ['a day that is none', '/api/progress?as_of=2025-9-30', 400, 'as_of'],
  ['an empty search', '/api/search?q=%20', 400, 'q'],
  ['a search without words', '/api/search', 400, 'q'],
  ['a search of 101 characters', `/api/search?q=${'a'.repeat(101)}`, 400, 'q'],
  ['a search limit over the maximum', '/api/search?q=a&limit=101', 400, 'limit'],
  ['a path out of the page', '/..%2f..%2fetc/passwd', 404, undefined],
  ['a dot file of the page', '/.sources.sha256', 404, undefined],
];

describeOnEngines('a wrong request', ({ open, engine }) => {
  let database: Database;
  let service: ServiceUnderTest;
  beforeAll(async () => {
    database = await open();
    service = await startService(database);
  });
  afterAll(() => service.close());

  it.each(wrong)('with %s is told so', async (_name, path, status, field) => {
    const response = await service.get(path);
    const problem = (await response.json()) as Problem;
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.status).toBe(status);
    expect(problem).toMatchObject({
      status,
      instance: `urn:lantu:request:${response.headers.get('x-request-id')}`,
    });
    expect(problem.field).toBe(field);
    expect(problem.detail).toMatch(/\p{Script=Han}/u);
  });

  if (engine === 'server') {
    describe('whatever the engine', () => {
      it('is answered in the language asked for', async () => {
        const detail = async (path: string, headers = {}): Promise<string> =>
          ((await (await service.get(path, headers)).json()) as Problem).detail;
        expect(await detail(`${items}?limit=0&lang=en`)).toContain('whole number');
        expect(await detail(`${items}?limit=0`, { 'accept-language': 'en-GB,en;q=0.9' })).toContain(
          'whole number',
        );
        expect(await detail(`${items}?limit=0`, { 'accept-language': 'en;q=0.5,zh-CN' })).toContain('整数');
        expect(await detail(`${items}?limit=0&lang=zh-CN`, { 'accept-language': 'en' })).toContain('整数');
      });

      it.each([
        ['POST', items],
        ['DELETE', '/ogc/collections/mine_sites'],
        ['PUT', '/api/catalogue'],
        ['PATCH', '/health'],
        ['POST', '/'],
      ])('by %s is 405 and says what is allowed', async (method, path) => {
        const response = await fetch(service.url + path, { method });
        expect(response.status).toBe(405);
        expect(response.headers.get('allow')).toBe('GET, HEAD');
        expect(((await response.json()) as Problem).code).toBe('method-not-allowed');
      });

      it.each([
        '/api/catalogue',
        '/health',
        '/',
        '/nothing',
      ])('to %s with a large body is not even received', async (path) => {
        const status = await new Promise<number | undefined>((resolve, reject) => {
          const request = httpRequest(service.url + path, {
            method: 'GET',
            headers: { 'content-length': '1000000000' },
          });
          request.on('response', (response) => {
            response.resume();
            resolve(response.statusCode);
            request.destroy();
          });
          request.on('error', reject);
          request.flushHeaders();
        });
        expect(status).toBe(413);
      });

      it('too often is 429 with the time to wait', async () => {
        const limited = await startService(database, { requestsAMinute: 3 });
        for (let count = 0; count < 3; count += 1) expect((await limited.get('/ogc')).status).toBe(200);
        const response = await limited.get('/ogc');
        expect(response.status).toBe(429);
        expect(response.headers.get('retry-after')).toBe('60');
        expect(((await response.json()) as Problem).code).toBe('rate-limited');
        expect((await limited.get('/health')).status).toBe(200);
        await limited.close();
      });

      it('that the database cannot answer in time is 503, and tells nothing of the inside', async () => {
        const slow: Database = {
          ...database,
          query: () => Promise.reject(new QueryTimeoutError({ zh: '超时', en: 'too slow' })),
        };
        const failing = await startService(slow);
        const response = await failing.get(items);
        expect(response.status).toBe(503);
        expect(response.headers.get('retry-after')).toBe('2');
        await failing.close();
        const broken = await startService({
          ...database,
          query: () => Promise.reject(new Error('password of postgres: secret')),
        });
        const unexpected = await broken.get(items);
        expect(unexpected.status).toBe(500);
        expect(await unexpected.text()).not.toContain('secret');
        expect((await broken.get('/ready')).status).toBe(500);
        await broken.close();
      });
    });
  }
});
