/** Settings that would only fail later, or repeat a password when they fail, are refused at once. */
import { describe, expect, it } from 'vitest';
import { readConfig } from '../server/config.ts';

function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('the configuration', () => {
  it.each([
    'postgres://u:pass-word@127.0.0.1:99999/db',
    'postgres://u:pass-word@[::1/db',
    'postgres://u:pass-word%zz@127.0.0.1/db',
    'mysql://u:pass-word@127.0.0.1/db',
  ])('refuses the address %s without repeating the password', (url) => {
    const line = refusal({ DATABASE_URL: url });
    expect(line).toContain('DATABASE_URL');
    expect(line).not.toContain('pass-word');
  });

  it('takes an address without a host, which names a socket', () => {
    const url = 'postgres://lantu:word@/lantu?host=/var/run/postgresql';
    expect(readConfig({ DATABASE_URL: url }).config.databaseUrl).toBe(url);
  });

  it.each(['foo', '10.0.0.0/99', '10.0.0.1,', '1.5', '-1'])('refuses "%s" as a trusted proxy', (text) => {
    expect(refusal({ LANTU_TRUST_PROXY: text })).toContain('LANTU_TRUST_PROXY');
  });

  it.each([
    ['2', 2],
    ['', false],
    ['loopback, 10.0.0.0/8,fd00::/8', ['loopback', '10.0.0.0/8', 'fd00::/8']],
  ])('takes "%s" as trusted proxies', (text, expected) => {
    expect(readConfig({ LANTU_TRUST_PROXY: text }).config.trustProxy).toEqual(expected);
  });
});
