/**
 * One class per cause and one table cause → status. Everything a caller did wrong or the machine
 * cannot do is thrown as one of these; the app turns them into RFC 9457 problem documents.
 */
import type { Bilingual } from '../geodata/catalogue/layer-definition.ts';

/** Base of every error with a cause a caller can act on. The message says what happened and what to do. */
export abstract class LantuError extends Error {
  /** Stable code in kebab-case, part of the interface. */
  abstract readonly code: string;
  readonly text: Bilingual;
  /** Parameter, property or header at fault. */
  readonly field: string | undefined;
  /** Further members of the problem document. */
  readonly members: Readonly<Record<string, unknown>> | undefined;
  constructor(
    text: Bilingual,
    options: { field?: string; cause?: unknown; members?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(text.en, { cause: options.cause });
    this.name = new.target.name;
    this.text = text;
    this.field = options.field;
    this.members = options.members;
  }
}

/** A parameter, body or header that is malformed or out of range. */
export class BadRequestError extends LantuError {
  readonly code = 'bad-request';
}
/** Well-formed, but not possible as asked (a file that fails its checks, a rule broken). */
export class UnprocessableError extends LantuError {
  readonly code = 'unprocessable';
}
/** Nobody has signed in, or not rightly; signing in may help. */
export class UnauthorizedError extends LantuError {
  readonly code = 'unauthorized';
}
/** Whoever asks is known, but may not; signing in again does not help. */
export class ForbiddenError extends LantuError {
  readonly code = 'forbidden';
}
/** Who asks is known, but has to choose a password of their own first. */
export class PasswordChangeRequiredError extends LantuError {
  readonly code = 'password-change-required';
}
export class NotFoundError extends LantuError {
  readonly code = 'not-found';
}
export class MethodNotAllowedError extends LantuError {
  readonly code = 'method-not-allowed';
  readonly allowed: readonly string[];
  constructor(allowed: readonly string[]) {
    super({
      zh: `此地址只支持 ${allowed.join('、')}。`,
      en: `This address supports ${allowed.join(', ')} only.`,
    });
    this.allowed = allowed;
  }
}
/** Not possible in the present state of the thing asked about; possible in another. */
export class ConflictError extends LantuError {
  readonly code = 'conflict';
}
/** A write must say which state it was made from. */
export class PreconditionRequiredError extends LantuError {
  readonly code = 'precondition-required';
}
/** If-Match or If-Unmodified-Since names another state than the present one. */
export class PreconditionFailedError extends LantuError {
  readonly code = 'precondition-failed';
}
export class TooLargeError extends LantuError {
  readonly code = 'too-large';
}
/** A body in a format this address does not read. */
export class UnsupportedMediaTypeError extends LantuError {
  readonly code = 'unsupported-media-type';
}
/** The answer has no form the request accepts. */
export class NotAcceptableError extends LantuError {
  readonly code = 'not-acceptable';
}
/** The body stopped coming. */
export class RequestTimeoutError extends LantuError {
  readonly code = 'request-timeout';
}
/** The disk, of the database or of this service, has no room for what was sent; reading goes on. */
export class StorageFullError extends LantuError {
  readonly code = 'storage-full';
}
export class UriTooLongError extends LantuError {
  readonly code = 'uri-too-long';
}
/** More or longer headers than any client has reason to send. */
export class HeadersTooLargeError extends LantuError {
  readonly code = 'headers-too-large';
}
/** The request names a host this service is not. */
export class MisdirectedError extends LantuError {
  readonly code = 'misdirected';
}
/** More requests at once than this class of request allows. */
export class BusyError extends LantuError {
  readonly code = 'busy';
}
export class RateLimitedError extends LantuError {
  readonly code = 'rate-limited';
  /** After which trying again may work. */
  readonly retryAfterSeconds: number;
  constructor(
    text: Bilingual,
    options: { field?: string; cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(text, options);
    this.retryAfterSeconds = options.retryAfterSeconds ?? 60;
  }
}
/** The database did not answer within the limit of this class of query. */
export class QueryTimeoutError extends LantuError {
  readonly code = 'query-timeout';
}
/** The database is away, restarting, or lost the query; trying again may work. */
export class DatabaseUnavailableError extends LantuError {
  readonly code = 'database-unavailable';
}
/** The server of the basemap is away, slow, or gives no usable picture; everything else works. */
export class BasemapUnavailableError extends LantuError {
  readonly code = 'basemap-unavailable';
}
/** A spatial operation the engine cannot carry out on these geometries. */
export class GeometryError extends LantuError {
  readonly code = 'geometry';
}
/** Wrong or contradictory configuration, wrong password, missing extension: the process cannot start. */
export class StartupError extends LantuError {
  readonly code = 'startup';
}

/** HTTP status of each cause; anything not listed here is a 500 and logged with its stack. */
export const statusByCode: Record<string, number> = {
  'bad-request': 400,
  unauthorized: 401,
  forbidden: 403,
  'password-change-required': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'request-timeout': 408,
  conflict: 409,
  'precondition-failed': 412,
  'too-large': 413,
  'uri-too-long': 414,
  'unsupported-media-type': 415,
  misdirected: 421,
  unprocessable: 422,
  geometry: 422,
  'precondition-required': 428,
  'rate-limited': 429,
  'headers-too-large': 431,
  'basemap-unavailable': 502,
  busy: 503,
  'database-unavailable': 503,
  'query-timeout': 503,
  'storage-full': 507,
  startup: 500,
};
