/** What a 401 asks for (RFC 9110, 11.6.1): HTTP Basic of programs that read /ogc, a session of everybody else. */
import type { Request } from 'express';

/**
 * Never Basic for a script of a page: the browser would open a window of its own for name and password.
 * Pages are known by Sec-Fetch-Mode, and over plain HTTP, where browsers leave it out, by the cookie of their session.
 */
export function challengeFor(request: Request): string {
  const mode = request.get('Sec-Fetch-Mode');
  const isScript = (mode !== undefined && mode !== 'navigate') || request.headers.cookie !== undefined;
  const isReadable = /^(\/[^/]+)*?\/ogc(\/|\?|$)/.test(request.originalUrl);
  return isReadable && !isScript ? 'Basic realm="Lantu", charset="UTF-8"' : 'Session realm="Lantu"';
}
