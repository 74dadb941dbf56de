/** Says which methods an address has; anything else is 405 with Allow. */
import type { RequestHandler } from 'express';
import { MethodNotAllowedError } from '../errors.ts';

/** For addresses that have these methods and no others. */
export function allowOnly(...methods: string[]): RequestHandler {
  return (request, _response, next) => {
    if (!methods.includes(request.method)) throw new MethodNotAllowedError(methods);
    next();
  };
}

/** For addresses that are only read. */
export const readOnly = allowOnly('GET', 'HEAD');
