/** The address people reach the service by, without a trailing slash; every absolute link begins with it. */
import type { Request } from 'express';
import type { Config } from '../config.ts';
import { BadRequestError } from '../errors.ts';

/** LANTU_PUBLIC_URL as it stands (it includes the base path), else what the request, or a trusted proxy, says. */
export function publicUrlOf(request: Request, config: Config): string {
  if (config.publicUrl !== undefined) return config.publicUrl;
  const host = request.host;
  if (host === undefined || !/^(\[[0-9a-f:.]+\]|[\p{L}\p{N}._-]+)(:\d{1,5})?$/iu.test(host)) {
    throw new BadRequestError(
      { zh: '请求头 Host 有误。', en: 'The Host header is missing or malformed.' },
      { field: 'Host' },
    );
  }
  return `${request.protocol}://${host}${config.basePath}`;
}
