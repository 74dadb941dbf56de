/**
 * Which Host a request may name. A page in the user's browser can make its own name point to 127.0.0.1 and would
 * then read this service as its own origin; such a request still names the page's host, and is refused here.
 */
import type { IncomingMessage } from 'node:http';
import { hostname } from 'node:os';
import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import { BadRequestError, MisdirectedError } from '../errors.ts';

type HostSettings = Pick<Config, 'host' | 'publicUrl' | 'allowedHosts' | 'trustProxy'>;

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/** A name or address with an optional port; nothing that could end a link or a header. */
const hostSyntax = /^(\[[0-9a-f:.]+\]|[\p{L}\p{N}._-]+)(:\d{1,5})?$/iu;

/**
 * Refuses malformed and repeated Host headers with 400. Where the service listens on the loopback only, or
 * LANTU_ALLOWED_HOSTS is set, refuses every other name than its own with 421.
 */
export function guardHost(config: HostSettings): RequestHandler {
  const allowed = allowedHostNames(config);
  return (request, _response, next) => {
    const host = hostOf(request);
    if (allowed !== undefined && !allowed.has(nameOf(host))) throw strangeHost(host);
    next();
  };
}

/** The Host header. Throws BadRequestError where there is none, several, or one that is no host. */
function hostOf({ headers, rawHeaders }: IncomingMessage): string {
  const count = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  if (count <= 1 && isHost(headers.host)) return headers.host;
  throw malformedHost();
}

export function isHost(host: string | undefined): host is string {
  return host !== undefined && host.length <= 255 && hostSyntax.test(host);
}

export function malformedHost(): BadRequestError {
  return new BadRequestError(
    {
      zh: '请求头 Host 缺失、重复或不是有效的主机名。',
      en: 'The Host header is missing, repeated or no valid host.',
    },
    { field: 'Host' },
  );
}

/** Undefined: every name. Behind a declared proxy it is the proxy that knows its names. */
function allowedHostNames(config: HostSettings): Set<string> | undefined {
  const { host, publicUrl, allowedHosts, trustProxy } = config;
  if (allowedHosts.length === 0 && (!isLoopbackName(host) || trustProxy !== false)) return undefined;
  const own = host.includes(':') ? `[${host}]` : host;
  const published = publicUrl === undefined ? [] : [new URL(publicUrl).host];
  return new Set([...loopbackNames, own, hostname(), ...published, ...allowedHosts].map(nameOf));
}

/** Whether only this machine reaches what listens on `host`, which may have a port. */
export function isLoopbackName(host: string): boolean {
  const name = nameOf(host);
  return loopbackNames.includes(name) || host === '::1' || name.startsWith('127.');
}

/** In lower case, without port and final dot. */
function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase();
}

function strangeHost(host: string): MisdirectedError {
  const name = nameOf(host);
  return new MisdirectedError(
    {
      zh: `本服务不以“${name}”之名提供。若确由此名访问,请管理员在 LANTU_PUBLIC_URL 或 LANTU_ALLOWED_HOSTS 中写明。`,
      en: `This service is not known as "${name}". If people do reach it by this name, have the administrator put it into LANTU_PUBLIC_URL or LANTU_ALLOWED_HOSTS.`,
    },
    { field: 'Host' },
  );
}
