/** Errors of pg and of the engines as the typed errors of errors.ts; everything else passes unchanged. */
import {
  DatabaseUnavailableError,
  GeometryError,
  LantuError,
  QueryTimeoutError,
  UnprocessableError,
} from '../errors.ts';

/** SQLSTATE classes and codes that mean: the connection or the engine is gone, trying again may work. */
const unavailable = /^(08|57P0[1-5]$|53)/;
const lostConnection = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
]);
const lostMessage =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool/;

/** Raised by sql/functions/overlay.sql for a shape that must be repaired first. */
const invalidGeometryState = 'LT001';

/** What pg says when a server has not answered within the pool's query_timeout. */
export const silentServerMessage = 'Query read timeout';

/** The typed error for `error`, with it as cause. Constraint violations and errors in our SQL come back as they are. */
export function toTypedError(error: unknown): unknown {
  if (error instanceof LantuError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === '57014' || error.message === silentServerMessage) {
    return new QueryTimeoutError(
      {
        zh: '数据库在限定时间内没有完成查询,请缩小范围后重试。',
        en: 'The database did not finish within the time limit; ask for less and try again.',
      },
      { cause: error },
    );
  }
  if (code === '54001') {
    return new UnprocessableError(
      {
        zh: '请求过于复杂,嵌套层数超出数据库的限度,请简化后重试。',
        en: 'The request is nested deeper than the database allows; simplify it and try again.',
      },
      { cause: error },
    );
  }
  if (
    code === 'XX000' ||
    code === invalidGeometryState ||
    /TopologyException|IllegalArgumentException/.test(error.message)
  ) {
    return new GeometryError(
      {
        zh: '图形无法参与空间运算,请检查图形是否自相交或退化。',
        en: 'The geometry cannot take part in this spatial operation; check it for self-intersection or collapse.',
      },
      { cause: error },
    );
  }
  if (unavailable.test(code) || lostConnection.has(code) || lostMessage.test(error.message)) {
    return new DatabaseUnavailableError(
      {
        zh: '数据库暂时无法访问,请稍后重试。',
        en: 'The database is away at the moment; try again shortly.',
      },
      { cause: error },
    );
  }
  return error;
}
