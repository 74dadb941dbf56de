/** Limits on what one client may send: how often, how many headers, and how much where nothing is expected. */
import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { HeadersTooLargeError, RateLimitedError, TooLargeError } from '../errors.ts';

/**
 * Requests of one address in a minute. GDAL pages by ten features, so that reading 100 000 features is
 * 10 000 requests in a row: this stops a loop gone wild, not a reader.
 */
const requestsAMinute = 30_000;

export function limitRate(limit = requestsAMinute): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: false,
    legacyHeaders: false,
    // Whether a proxy is trusted is decided in config.ts, for the whole app.
    validate: { trustProxy: false, xForwardedForHeader: false },
    handler(_request, _response, next) {
      next(
        new RateLimitedError({
          zh: `一分钟内的请求超过 ${limit} 次,请一分钟后再试。`,
          en: `More than ${limit} requests in a minute; try again in one minute.`,
        }),
      );
    },
  });
}

const mostHeaders = 100;

/** A browser behind proxies sends some thirty. */
export const limitHeaders: RequestHandler = (request, _response, next) => {
  if (request.rawHeaders.length / 2 <= mostHeaders) return next();
  throw new HeadersTooLargeError({
    zh: `请求头超过 ${mostHeaders} 个,请减少后重试。`,
    en: `There are more than ${mostHeaders} headers; send fewer.`,
  });
};

const mostUnaskedBytes = 16_384;

/** For requests that are not expected to bring a body: a large one, or one of unknown length, is not even received. */
export function refuseBody(isExpected: (request: Request) => boolean): RequestHandler {
  return (request, response, next) => {
    const length = Number(request.headers['content-length'] ?? 0);
    const isSmall = request.headers['transfer-encoding'] === undefined && length <= mostUnaskedBytes;
    if (isSmall || isExpected(request)) return next();
    response.set('Connection', 'close');
    next(
      new TooLargeError({
        zh: '此地址不接收请求正文。',
        en: 'This address takes no request body.',
      }),
    );
  };
}
