import { describe, expect, it } from 'vitest';
import { type Answer, createAnswerCache } from '../../server/http/answer-cache.ts';

function answer(body: string, revision = '1'): Answer {
  return { revision, contentType: 'text/plain', body };
}

async function textOf(cached: {
  encoded(encoding: 'identity'): Promise<{ bytes: Buffer }>;
}): Promise<string> {
  return (await cached.encoded('identity')).bytes.toString();
}

describe('the answer cache', () => {
  it('keeps an answer under the revision it was read at, not the one it was asked for', async () => {
    const cache = createAnswerCache(100_000);
    const first = await cache.get('a', '1', async () => answer('read at 2', '2'));
    expect(await textOf(first)).toBe('read at 2');
    const second = await cache.get('a', '2', () => Promise.reject(new Error('computed again')));
    expect(await textOf(second)).toBe('read at 2');
    const stale = await cache.get('a', '1', async () => answer('asked at 1 again', '2'));
    expect(await textOf(stale)).toBe('asked at 1 again');
  });

  it('lets the least recently used go when it is full', async () => {
    const cache = createAnswerCache(10_000);
    const compute = (key: string) => cache.get(key, '1', async () => answer(key.repeat(1_900)));
    for (const key of ['a', 'b', 'c', 'd']) await compute(key);
    await compute('a');
    await compute('e');
    const { misses } = cache.stats();
    await compute('a');
    expect(cache.stats().misses).toBe(misses);
    await compute('b');
    expect(cache.stats().misses).toBe(misses + 1);
    expect(cache.stats().bytes).toBeLessThanOrEqual(10_000);
  });

  it('counts compressed copies too', async () => {
    const cache = createAnswerCache(100_000);
    const cached = await cache.get('a', '1', async () => answer('abc'.repeat(5_000)));
    const { bytes } = cache.stats();
    const { bytes: compressed } = await cached.encoded('gzip');
    expect(cache.stats().bytes).toBe(bytes + compressed.length);
  });

  it('does not keep an answer that would push out a quarter of the others', async () => {
    const cache = createAnswerCache(10_000);
    await cache.get('a', '1', async () => answer('a'.repeat(3_000)));
    expect(cache.stats()).toMatchObject({ bytes: 0, entries: 0 });
  });

  it('keeps no failure: the next request tries again', async () => {
    const cache = createAnswerCache(10_000);
    await expect(cache.get('a', '1', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await textOf(await cache.get('a', '1', async () => answer('back')))).toBe('back');
  });

  it('gives equal bytes equal tags, and each encoding one of its own', async () => {
    const tag = async (body: string, encoding: 'identity' | 'br'): Promise<string> => {
      const cached = await createAnswerCache(10_000).get('a', '1', async () => answer(body));
      return (await cached.encoded(encoding)).etag;
    };
    expect(await tag('same', 'identity')).toBe(await tag('same', 'identity'));
    expect(await tag('same', 'identity')).not.toBe(await tag('other', 'identity'));
    expect(await tag('same', 'identity')).not.toBe(await tag('same', 'br'));
  });
});
