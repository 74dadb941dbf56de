/** Errors of pg and of the engines as the typed errors of errors.ts; everything else passes unchanged. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import {
  DatabaseUnavailableError,
  GeometryError,
  LantuError,
  QueryTimeoutError,
  StorageFullError,
  UnprocessableError,
} from '../errors.ts';

/** Besides FATAL and PANIC: SQLSTATEs that mean the connection or the engine is gone, trying again may work. */
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
  /Connection terminated|the embedded database did not start|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool/;

/** disk_full: nothing was written, what stands can still be read. */
const diskFullState = '53100';

/** Raised by sql/functions/overlay.sql for a shape that must be repaired first. */
const invalidGeometryState = 'LT001';

/** What sql/functions refuses, by its SQLSTATE, in words for the person who asked. */
const refusals: Record<string, Bilingual> = {
  LT002: {
    zh: '留痕和操作日志只增不改,不能修改或删除;请新增一条更正记录。',
    en: 'Events and the audit are append-only and cannot be changed or deleted; record a correction as a new one.',
  },
  LT003: {
    zh: '数据集的类别和图层不能更改,请重新导入为新的数据集。',
    en: 'The kind and layer of a dataset cannot change; import the data again as a new dataset.',
  },
  LT004: {
    zh: '坐标中有不是有限数值的分量(NaN 或无穷大),请检查源数据。',
    en: 'A coordinate is not a finite number (NaN or infinity); check the source.',
  },
  LT005: {
    zh: '有正式图斑挂在示意矿山之下,没有清除;请先导入正式的矿山图层。',
    en: 'Official mine patches belong to sample sites, so nothing was cleared; import the official mine sites first.',
  },
  LT006: {
    zh: '这一步不合流程:矿山的当前状态不能直接转到所选状态。请刷新后按可选的下一步办理。',
    en: 'The workflow has no such step from where the site stands now; reload and take one of the offered steps.',
  },
  LT007: {
    zh: '发生日期不能晚于今天(示意数据为资料截止日期),也不能早于已有的最近一次状态变化。',
    en: 'The date of the fact cannot be after today (for sample data: after the day it is known to) or before the last change of state.',
  },
  LT008: { zh: '请填写原因。', en: 'Give a reason.' },
  LT009: {
    zh: '数值不可能:形象进度应在 0–100 之间,面积不能为负,填报期不能在将来。',
    en: 'Impossible value: progress is 0–100, areas are not negative, the period is not in the future.',
  },
};

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
  if (code === diskFullState || code === 'ENOSPC') return diskFull(error);
  const refusal = refusals[code];
  if (refusal !== undefined) return new UnprocessableError(refusal, { cause: error });
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
  const isEnd = 'severity' in error && (error.severity === 'FATAL' || error.severity === 'PANIC');
  if (isEnd || unavailable.test(code) || lostConnection.has(code) || lostMessage.test(error.message)) {
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

function diskFull(cause: Error): StorageFullError {
  return new StorageFullError(
    {
      zh: '磁盘已满,没有写入任何改动;查看不受影响。请清理磁盘后重试,服务不必重启。',
      en: 'The disk is full, so nothing was written; reading goes on. Make room and try again; no restart is needed.',
    },
    { cause },
  );
}
