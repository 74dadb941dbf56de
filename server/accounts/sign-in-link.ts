/** The address that signs the administrator in. The token stands behind the #, which no browser sends or logs. */
import { signInFragment } from '../../geodata/contract/session.ts';
import { isLoopback } from '../http/loopback.ts';

/** null where the service listens on one address that is not loopback: nobody can then sign in from this machine. */
export function signInLink(
  { host, basePath }: { host: string; basePath: string },
  port: number,
  token: string,
): string | null {
  const fragment = `#${signInFragment}=${token}`;
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}${basePath}/${fragment}`;
  if (host !== 'localhost' && !isLoopback(host)) return null;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}${basePath}/${fragment}`;
}
