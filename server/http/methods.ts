/** Says which methods an address has; anything else is 405 with Allow. */
import type { RequestHandler } from 'express';
import { MethodNotAllowedError } from '../errors.ts';

const readMethods = ['GET', 'HEAD'];

/** For addresses that are only read. */
export const readOnly: RequestHandler = (request, _response, next) => {
  if (!readMethods.includes(request.method)) throw new MethodNotAllowedError(readMethods);
  next();
};
