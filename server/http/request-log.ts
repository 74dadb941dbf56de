/** One structured line per request, with an id that the answer and every problem document carry too. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** Headers are not logged, so no cookie or credential can be; text of users is escaped as JSON. */
export function requestLog(log: Logger) {
  return pinoHttp<IncomingMessage, ServerResponse>({
    logger: log,
    genReqId(request, response) {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    serializers: {
      req: (request: { id: string; method: string; url: string; remoteAddress: string }) => ({
        id: request.id,
        method: request.method,
        url: request.url,
        remoteAddress: request.remoteAddress,
      }),
      res: (response: { statusCode: number; raw?: ServerResponse }) => ({
        statusCode: response.statusCode,
        length: response.raw?.getHeader('content-length'),
      }),
    },
    customLogLevel: (_request, response, error) => {
      if (error !== undefined || response.statusCode >= 500) return 'error';
      return 'info';
    },
    // The cause has been logged where the problem document was made.
    customErrorObject: (_request, _response, _error, value) => ({ ...value, err: undefined }),
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
  });
}
