/** Whether a request comes from the machine the service runs on. */
import { isIP } from 'node:net';
import type { Request } from 'express';

/** 127.0.0.0/8 and ::1, also as an IPv4 address written as IPv6. */
export function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return (isIP(plain) === 4 && plain.startsWith('127.')) || plain === '::1';
}

const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/**
 * Judged by the socket, which cannot be forged, and behind a trusted proxy by the forwarded address too. A proxy on
 * this machine that is not trusted makes every request look local: what it forwards counts as coming from elsewhere.
 */
export function isFromThisMachine(request: Request, trustsProxy: boolean): boolean {
  if (!isLoopback(request.socket.remoteAddress ?? '')) return false;
  if (trustsProxy) return isLoopback(request.ip ?? '');
  return forwardingHeaders.every((name) => request.headers[name] === undefined);
}
