/** Refuses a write that a page of another site makes the browser send. Programs send neither header. */
import type { Request } from 'express';
import type { Config } from '../config.ts';
import { ForbiddenError } from '../errors.ts';

/** Throws ForbiddenError by Sec-Fetch-Site, and by Origin where it is neither the address asked nor LANTU_PUBLIC_URL. */
export function refuseForeignOrigin(request: Request, { publicUrl }: Pick<Config, 'publicUrl'>): void {
  const site = request.get('Sec-Fetch-Site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw foreign('Sec-Fetch-Site');
  const origin = request.get('Origin');
  if (origin === undefined) return;
  const host = hostOf(origin);
  const own = [request.host?.toLowerCase(), publicUrl === undefined ? undefined : hostOf(publicUrl)];
  if (host === undefined || !own.includes(host)) throw foreign('Origin');
}

/** Host and port, without the port the scheme has anyway; undefined for `null` and what is no address. */
function hostOf(address: string): string | undefined {
  return URL.parse(address)?.host || undefined;
}

function foreign(field: string): ForbiddenError {
  return new ForbiddenError(
    {
      zh: '这个请求来自其他网站的页面,已拒绝。请在本系统的页面中操作;如经反向代理访问,请设置 LANTU_PUBLIC_URL。',
      en: 'This request comes from a page of another site and was refused. Work in the pages of this service; behind a reverse proxy set LANTU_PUBLIC_URL.',
    },
    { field },
  );
}
