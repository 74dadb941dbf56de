/** The address people reach the service by, without a trailing slash; every absolute link begins with it. */
import type { Request } from 'express';
import type { Config } from '../config.ts';
import { isHost, malformedHost } from './host-guard.ts';

/** LANTU_PUBLIC_URL as it stands (it includes the base path), else what the request, or a trusted proxy, says. */
export function publicUrlOf(request: Request, config: Config): string {
  if (config.publicUrl !== undefined) return config.publicUrl;
  const host = request.host;
  if (!isHost(host)) throw malformedHost();
  return `${request.protocol}://${host}${config.basePath}`;
}
