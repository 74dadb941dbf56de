/** /api/session: who is asking. Signing in or out changes what may be read, so everything is asked again. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Account, anonymous, type Session, sessionSchema } from '../../geodata/contract/session.ts';
import { serviceUrl } from './base-url.ts';
import { RequestError, requestJson } from './request.ts';
import { writeJson } from './write.ts';

const sessionKey = ['session'] as const;
/** A session ends by itself after an hour without use: an open page notices. */
const ASK_AGAIN_MS = 60_000;

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => requestJson(serviceUrl('api/session'), sessionSchema, signal),
    refetchInterval: ({ state }) => (state.data?.account.role === 'administrator' ? ASK_AGAIN_MS : false),
    refetchOnWindowFocus: 'always',
  });
}

/** Anonymous until the service has said otherwise. */
export function useAccount(): Account {
  return useSession().data?.account ?? anonymous;
}

/** The token every change carries; null without a session. */
export function csrfTokenOf(client: QueryClient): string | null {
  return client.getQueryData<Session>(sessionKey)?.csrfToken ?? null;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (token: string) => changeSession('POST', client, { token }),
    onSuccess: (session) => becomes(client, session),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: () => changeSession('DELETE', client),
    onSuccess: (session) => becomes(client, session),
    // Signed out already, in another tab or by time.
    onError: () => void client.invalidateQueries({ queryKey: sessionKey }),
  });
}

function changeSession(method: 'POST' | 'DELETE', client: QueryClient, body?: unknown): Promise<Session> {
  return writeJson({
    method,
    url: serviceUrl('api/session'),
    body,
    csrfToken: csrfTokenOf(client),
    schema: sessionSchema,
  });
}

function becomes(client: QueryClient, session: Session): void {
  client.setQueryData(sessionKey, session);
  void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
}

/** The service no longer knows the session, or it has not the right: who is asking must be asked again. */
export function isRightMissing(error: unknown): boolean {
  return (
    error instanceof RequestError &&
    error.failure.cause === 'refused' &&
    [401, 403].includes(error.failure.problem.status)
  );
}
