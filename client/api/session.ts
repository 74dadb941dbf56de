/** /api/session: who is asking. Signing in or out changes what may be read, so everything is asked again. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Account, anonymous, type Session, sessionSchema } from '../../geodata/contract/session.ts';
import { serviceUrl } from './base-url.ts';
import { RequestError, requestJson } from './request.ts';
import { writeJson } from './write.ts';

const sessionKey = ['session'] as const;
/** A session ends by itself after a while without use: an open page notices. Asking so does not count as use. */
const ASK_AGAIN_MS = 60_000;

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => requestJson(serviceUrl('api/session'), sessionSchema, signal),
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.account.role === 'anonymous' ? false : ASK_AGAIN_MS,
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
    mutationFn: (given: { username: string; password: string }) =>
      changeSession('POST', 'api/session', client, given),
    onSuccess: (session) => becomes(client, session),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (given: { current: string; next: string }) =>
      changeSession('PUT', 'api/session/password', client, given),
    onSuccess: (session) => becomes(client, session),
  });
}

/** Of this browser, or of every one the account is signed in with. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ everywhere }: { everywhere: boolean }) =>
      changeSession('DELETE', everywhere ? 'api/session?everywhere=true' : 'api/session', client),
    onSuccess: (session) => becomes(client, session),
    // Signed out already, in another tab or by time.
    onError: () => void client.invalidateQueries({ queryKey: sessionKey }),
  });
}

function changeSession(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  client: QueryClient,
  body?: unknown,
): Promise<Session> {
  return writeJson({
    method,
    url: serviceUrl(path),
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
