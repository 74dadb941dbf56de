/** The target of a request in the one form all other code expects: path and query. */
import type { IncomingMessage } from 'node:http';

const absoluteForm = /^https?:\/\/([^/?#]*)(.*)$/i;

/** Rewrites `GET http://host/path`, as it is sent to proxies, to its path; its host counts more than the header (RFC 9112, 3.2.2). */
export function takeOriginForm(request: IncomingMessage): void {
  const [, host, rest = ''] = absoluteForm.exec(request.url ?? '') ?? [];
  if (host === undefined) return;
  request.headers.host = host;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
}
