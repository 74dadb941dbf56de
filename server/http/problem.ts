/** Errors as RFC 9457 problem documents: a stable code, words in the asked language, the field at fault. */
import type { ErrorRequestHandler } from 'express';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import {
  LantuError,
  MethodNotAllowedError,
  RateLimitedError,
  StorageFullError,
  statusByCode,
} from '../errors.ts';
import { challengeFor } from './challenge.ts';
import { languageOf } from './language.ts';

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  field?: string;
};

const titles: Record<number, Bilingual> = {
  400: { zh: '请求有误', en: 'Bad request' },
  401: { zh: '需要登录', en: 'Sign-in needed' },
  403: { zh: '没有权限', en: 'Forbidden' },
  404: { zh: '没有找到', en: 'Not found' },
  405: { zh: '不支持的方法', en: 'Method not allowed' },
  406: { zh: '没有所要的格式', en: 'Not acceptable' },
  408: { zh: '请求超时', en: 'Request timeout' },
  409: { zh: '与当前状态冲突', en: 'Conflict' },
  412: { zh: '前提条件不成立', en: 'Precondition failed' },
  413: { zh: '请求过大', en: 'Too large' },
  414: { zh: '地址过长', en: 'URI too long' },
  415: { zh: '不支持的正文格式', en: 'Unsupported media type' },
  421: { zh: '请求发错了主机', en: 'Misdirected request' },
  422: { zh: '无法处理', en: 'Cannot be processed' },
  428: { zh: '需要前提条件', en: 'Precondition required' },
  429: { zh: '请求过于频繁', en: 'Too many requests' },
  431: { zh: '请求头过大', en: 'Headers too large' },
  500: { zh: '服务器内部错误', en: 'Internal error' },
  502: { zh: '上游服务没有给出结果', en: 'Bad gateway' },
  503: { zh: '服务暂时不可用', en: 'Service unavailable' },
  507: { zh: '磁盘空间不足', en: 'Insufficient storage' },
};

const unexpected: Bilingual = {
  zh: '服务器出现意外错误。请把请求编号(instance)告诉管理员。',
  en: 'Something unexpected went wrong. Tell the administrator the request id (instance).',
};

/** Status and document of any thrown value; only LantuError says more than that something went wrong. */
export function toProblem(error: unknown, requestId: string, language: 'zh' | 'en'): Problem {
  const known = error instanceof LantuError ? error : asStorageFull(error);
  const status = known === undefined ? 500 : (statusByCode[known.code] ?? 500);
  const code = known?.code ?? 'internal';
  const title = titles[status] ?? unexpected;
  return {
    ...known?.members,
    type: `urn:lantu:problem:${code}`,
    title: title[language],
    status,
    detail: (known?.text ?? unexpected)[language],
    instance: `urn:lantu:request:${requestId}`,
    code,
    ...(known?.field === undefined ? {} : { field: known.field }),
  };
}

/** One line a request says that it was turned away; a stack for each would make a rush worse. */
const toldInOneLine = ['busy', 'basemap-unavailable'];

/** SQLite's own number for a disk without room; it locks folders here. */
const sqliteFull = 13;

/** Undefined for every other error: what the file system says wherever there was no room to write. */
function asStorageFull(error: unknown): StorageFullError | undefined {
  if (!(error instanceof Error)) return undefined;
  const isFull =
    ('code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) ||
    ('errcode' in error && error.errcode === sqliteFull);
  if (!isFull) return undefined;
  return new StorageFullError(
    {
      zh: '服务器磁盘已满,没有写入;查看不受影响。请清理磁盘后重试,服务不必重启。',
      en: 'The disk of the server is full, so nothing was written; reading goes on. Make room and try again; no restart is needed.',
    },
    { cause: error },
  );
}

/** The last handler: every error of every route ends here. */
export const sendProblem: ErrorRequestHandler = (error, request, response, next) => {
  const problem = toProblem(error, request.id, languageOf(request));
  if (problem.status >= 500 && !toldInOneLine.includes(problem.code))
    request.log.error({ err: error, requestId: request.id }, 'request failed');
  if (response.headersSent) {
    next(error);
    return;
  }
  if (problem.status === 503) response.set('Retry-After', '2');
  if (error instanceof RateLimitedError) response.set('Retry-After', String(error.retryAfterSeconds));
  if (problem.status === 401) response.set('WWW-Authenticate', challengeFor(request));
  if (error instanceof MethodNotAllowedError) response.set('Allow', error.allowed.join(', '));
  for (const header of ['ETag', 'Content-Crs', 'Content-Encoding', 'Last-Modified'])
    response.removeHeader(header);
  response
    .status(problem.status)
    .set({ 'Cache-Control': 'no-store', 'Content-Language': languageOf(request) === 'zh' ? 'zh-CN' : 'en' })
    .vary('Accept-Language')
    .type('application/problem+json')
    .send(JSON.stringify(problem));
};
