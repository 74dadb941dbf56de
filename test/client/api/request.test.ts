import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { failureOf, isPassing, RequestError, requestJson } from '../../../client/api/request.ts';

const schema = z.object({ count: z.number() });

function answer(body: unknown, init?: ResponseInit) {
  const fetched = vi.fn(
    async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), init),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

async function failure(): Promise<RequestError['failure']> {
  const error = await requestJson('http://here/api', schema).catch((thrown: unknown) => thrown);
  if (!(error instanceof RequestError)) throw new Error(`not a RequestError: ${String(error)}`);
  return error.failure;
}

beforeEach(() => vi.stubGlobal('document', { documentElement: { lang: 'en' } }));
afterEach(() => vi.unstubAllGlobals());

describe('requestJson', () => {
  it('gives the parsed answer and asks in the language of the page', async () => {
    const fetched = answer({ count: 535, more: true });
    await expect(requestJson('http://here/api', schema)).resolves.toEqual({ count: 535 });
    expect(fetched).toHaveBeenCalledWith(
      'http://here/api',
      expect.objectContaining({ headers: expect.objectContaining({ 'accept-language': 'en' }) }),
    );
  });

  it('hands on the problem document of a refusal', async () => {
    answer(
      { status: 400, code: 'bad-request', title: 'limit is 1 to 10000', field: 'limit' },
      { status: 400 },
    );
    expect(await failure()).toEqual({
      cause: 'refused',
      problem: { status: 400, code: 'bad-request', title: 'limit is 1 to 10000', field: 'limit' },
    });
  });

  it('tells a page of a proxy from an answer of the service', async () => {
    answer('<html>Bad gateway</html>', { status: 502 });
    expect(await failure()).toEqual({ cause: 'unexpected', status: 502, reason: 'HTTP 502' });
  });

  it('says where an answer breaks the contract', async () => {
    answer({ count: 'many' });
    expect(await failure()).toMatchObject({ cause: 'unexpected', reason: expect.stringMatching(/^count: /) });
  });

  it('says that nothing answered', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('fetch failed');
    });
    expect(await failure()).toEqual({ cause: 'unreachable' });
  });

  it('passes an abort on as it is', async () => {
    const controller = new AbortController();
    vi.stubGlobal('fetch', async () => {
      controller.abort();
      throw controller.signal.reason;
    });
    await expect(requestJson('http://here/api', schema, controller.signal)).rejects.toBe(
      controller.signal.reason,
    );
  });
});

describe('isPassing', () => {
  it('is true of what may be over in a moment, false of what the asker did', () => {
    expect(isPassing({ cause: 'unreachable' })).toBe(true);
    expect(isPassing(failureOf(503, { status: 503, title: 'busy' }))).toBe(true);
    expect(isPassing(failureOf(404, { status: 404, title: 'not here' }))).toBe(false);
    expect(isPassing({ cause: 'unexpected', status: 200, reason: 'count: not a number' })).toBe(false);
  });
});
