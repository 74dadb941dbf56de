/** Requests and answers of /api/session: who is asking, and how one becomes the administrator. */
import { z } from 'zod';

const roles = ['anonymous', 'administrator'] as const;

export const accountSchema = z.object({
  role: z.enum(roles),
  /** For the trace; null while nobody has signed in. */
  name: z.string().nullable(),
});
export type Account = z.infer<typeof accountSchema>;

export const anonymous: Account = { role: 'anonymous', name: null };

/** Answer of GET, POST and DELETE. */
export const sessionSchema = z.object({
  account: accountSchema,
  /** Goes into the header X-CSRF-Token of every request that changes something; null without a session. */
  csrfToken: z.string().nullable(),
  /** The request came from the machine the service runs on: only there the token is accepted. */
  maySignInHere: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;

/** Body of POST. */
export const signInSchema = z.strictObject({ token: z.string().trim().min(1).max(200) });

/** Name of the header that carries `csrfToken`. */
export const csrfHeader = 'X-CSRF-Token';

/** What the address of the printed sign-in link has after its #: `sign-in=<token>`. */
export const signInFragment = 'sign-in';
