/** The cookie that names a session: read by no script, sent by no other site, below the base path only. */
import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';

const cookieName = 'lantu_session';
const inHeader = new RegExp(`(?:^|;)\\s*${cookieName}=([A-Za-z0-9_-]{20,100})\\s*(?:;|$)`);

export function readSessionId(request: IncomingMessage): string | undefined {
  return inHeader.exec(request.headers.cookie ?? '')?.[1];
}

/** Ends with the browser; how long the session lasts is decided by the server. */
export function setSessionCookie(request: Request, response: Response, basePath: string, id: string): void {
  response.cookie(cookieName, id, optionsOf(request, basePath));
}

export function clearSessionCookie(request: Request, response: Response, basePath: string): void {
  response.clearCookie(cookieName, optionsOf(request, basePath));
}

function optionsOf(request: Request, basePath: string) {
  return {
    httpOnly: true,
    sameSite: 'strict',
    secure: request.secure,
    path: basePath === '' ? '/' : basePath,
  } as const;
}
