/**
 * One structured line per request, with an id that the answer and every problem document carry too. Headers are not
 * logged, so no cookie or credential can be; text of users is escaped as JSON.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

declare module 'node:http' {
  interface IncomingMessage {
    /** As in X-Request-Id. */
    id: string;
    log: Logger;
  }
}

export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    request.id = idOf(request);
    request.log = log;
    response.setHeader('X-Request-Id', request.id);
    const { remoteAddress } = request.socket;
    response.once('close', () => {
      const responseTime = Math.round(performance.now() - startedAt);
      writeLine(log, request, response, { remoteAddress, responseTime });
    });
    next();
  };
}

/** As the client or a proxy gave it, where it is harmless. */
function idOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}

/** The cause of an error has been logged where the problem document was made. */
function writeLine(
  log: Logger,
  { id, method, originalUrl: url }: IncomingMessage & { originalUrl: string },
  response: ServerResponse,
  { remoteAddress, responseTime }: { remoteAddress: string | undefined; responseTime: number },
): void {
  const line = {
    requestId: id,
    req: { id, method, url, remoteAddress },
    res: { statusCode: response.statusCode, length: response.getHeader('content-length') },
    responseTime,
  };
  const words = response.writableFinished ? 'request completed' : 'request aborted';
  if (response.statusCode >= 500) log.error(line, words);
  else log.info(line, words);
}
