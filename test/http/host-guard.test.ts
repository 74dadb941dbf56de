/** Which Host a request may name, by what is configured. */
import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { BadRequestError, MisdirectedError } from '../../server/errors.ts';
import { guardHost } from '../../server/http/host-guard.ts';
import { takeOriginForm } from '../../server/http/request-target.ts';

/** 'passes', or the error's class. */
function judge(environment: Record<string, string>, ...hosts: string[]): unknown {
  const guard = guardHost(readConfig(environment).config);
  const rawHeaders = hosts.flatMap((host) => ['Host', host]);
  let outcome: unknown = 'hangs';
  try {
    guard({ headers: { host: hosts[0] }, rawHeaders } as unknown as Request, {} as Response, () => {
      outcome = 'passes';
    });
  } catch (error) {
    outcome = (error as Error).constructor;
  }
  return outcome;
}

describe('a service on the loopback', () => {
  it.each([
    'localhost:3000',
    '127.0.0.1:3000',
    '[::1]:3000',
    'LOCALHOST',
    'localhost.',
  ])('is asked as %s', (host) => {
    expect(judge({}, host)).toBe('passes');
  });

  it.each([
    'attacker.example',
    'localhost.attacker.example',
    '127.0.0.1.nip.io:3000',
    '192.168.1.7',
    '[::2]',
    '0.0.0.0',
  ])('is not asked as %s', (host) => {
    expect(judge({}, host)).toBe(MisdirectedError);
  });

  it('is asked by the names that are configured', () => {
    const environment = {
      LANTU_PUBLIC_URL: 'https://map.example:8443/lantu',
      LANTU_ALLOWED_HOSTS: '览图.内网, desk-7',
    };
    for (const host of ['map.example:8443', 'desk-7:3000', '览图.内网', 'localhost'])
      expect(judge(environment, host)).toBe('passes');
    expect(judge(environment, 'other.example')).toBe(MisdirectedError);
  });

  it('leaves the names to a proxy that is declared', () => {
    expect(judge({ LANTU_TRUST_PROXY: '1' }, 'map.example')).toBe('passes');
  });
});

describe('a service on the network', () => {
  it('is asked by any name, unless its names are listed', () => {
    expect(judge({ HOST: '0.0.0.0' }, 'whatever.lan:3000')).toBe('passes');
    const listed = { HOST: '0.0.0.0', LANTU_ALLOWED_HOSTS: 'map.lan' };
    expect(judge(listed, 'map.lan:3000')).toBe('passes');
    expect(judge(listed, 'whatever.lan:3000')).toBe(MisdirectedError);
  });
});

describe('a host', () => {
  it.each([
    '',
    'a b',
    'a/b',
    'user@host',
    'host:port',
    'a"b',
    '<b>',
    'x'.repeat(300),
    '[::1',
    'a,b',
    'a?b',
    'a#b',
    'a\\b',
  ])('is not %j', (host) => {
    expect(judge({ HOST: '0.0.0.0' }, host)).toBe(BadRequestError);
  });

  it('is given once', () => {
    expect(judge({}, 'localhost', 'localhost')).toBe(BadRequestError);
    expect(judge({})).toBe(BadRequestError);
  });
});

describe('a target with a host of its own', () => {
  it.each([
    ['http://evil.example/api/catalogue?lang=en', 'evil.example', '/api/catalogue?lang=en'],
    ['HTTPS://localhost:3000', 'localhost:3000', '/'],
    ['http://localhost?x', 'localhost', '/?x'],
    ['/plain?http://other/', 'asked', '/plain?http://other/'],
    ['*', 'asked', '*'],
  ])('such as %s counts more than the header', (url, host, path) => {
    const request = { url, headers: { host: 'asked' } } as unknown as IncomingMessage;
    takeOriginForm(request);
    expect([request.headers.host, request.url]).toEqual([host, path]);
  });
});
