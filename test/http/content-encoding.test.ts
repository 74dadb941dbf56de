import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chooseEncoding, encode } from '../../server/http/content-encoding.ts';

describe('the encoding of an answer', () => {
  it.each([
    ['gzip, deflate, br', '192.0.2.1', 5_000, 'br'],
    ['gzip, br;q=0.5', '192.0.2.1', 5_000, 'gzip'],
    ['gzip', '192.0.2.1', 5_000, 'gzip'],
    ['*', '192.0.2.1', 5_000, 'br'],
    ['br;q=0, *;q=0.1', '192.0.2.1', 5_000, 'gzip'],
    ['deflate', '192.0.2.1', 5_000, 'identity'],
    [undefined, '192.0.2.1', 5_000, 'identity'],
    ['br', '192.0.2.1', 500, 'identity'],
    ['br', '127.0.0.1', 5_000, 'identity'],
    ['br', '::1', 5_000, 'identity'],
    ['br', '::ffff:127.0.0.1', 5_000, 'identity'],
    ['br', '2001:db8::1', 5_000, 'br'],
  ] as const)('for %s from %s with %d bytes is %s', (accepted, address, bytes, expected) => {
    expect(chooseEncoding(accepted, address, bytes)).toBe(expected);
  });

  it('can be undone', async () => {
    const bytes = Buffer.from('赣州'.repeat(1_000));
    expect(gunzipSync(await encode(bytes, 'gzip'))).toEqual(bytes);
    expect(brotliDecompressSync(await encode(bytes, 'br'))).toEqual(bytes);
    expect(await encode(bytes, 'identity')).toBe(bytes);
  });
});
