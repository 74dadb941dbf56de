/** Requests and answers of /api/session: who is asking, signing in and out, changing one's password. */
import { z } from 'zod';

/**
 * viewer 查看, editor 县级填报, county_reviewer 县级审核, city_reviewer 市级审核, administrator 管理员, auditor 审计.
 * What each may do is decided in domain/can.ts.
 */
export const roleIds = [
  'viewer',
  'editor',
  'county_reviewer',
  'city_reviewer',
  'administrator',
  'auditor',
] as const;
export const roleIdSchema = z.enum(roleIds);
export type RoleId = z.infer<typeof roleIdSchema>;

/** Roles whose rights are those over certain layers of certain reporting units only. */
export const scopedRoleIds = ['editor', 'county_reviewer'] as const satisfies readonly RoleId[];

const anonymousSchema = z.object({ role: z.literal('anonymous'), name: z.null() });

const signedInSchema = z.object({
  role: roleIdSchema,
  id: z.uuid(),
  /** In lower case; names the account in the audit. */
  username: z.string(),
  /** Display name, for the trace of what was marked. */
  name: z.string(),
  /** Layer ids of the scope; meaningful for scoped roles only, as are `units`. */
  layers: z.array(z.string()),
  /** Codes of the reporting units of the scope (app.reporting_unit.code). */
  units: z.array(z.string()),
  /** Until it has been changed, the account may do nothing else. */
  mustChangePassword: z.boolean(),
});

export const accountSchema = z.discriminatedUnion('role', [anonymousSchema, signedInSchema]);
export type Account = z.infer<typeof accountSchema>;
export type SignedInAccount = z.infer<typeof signedInSchema>;

export const anonymous: Account = { role: 'anonymous', name: null };

/** Answer of GET, POST and DELETE /api/session and of PUT /api/session/password. */
export const sessionSchema = z.object({
  account: accountSchema,
  /** Goes into the header X-CSRF-Token of every request that changes something; null without a session. */
  csrfToken: z.string().nullable(),
});
export type Session = z.infer<typeof sessionSchema>;

/** Longest password that is read, in characters. */
export const longestPassword = 200;

/** Body of POST /api/session. */
export const signInSchema = z.strictObject({
  username: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(longestPassword),
});

/** Body of PUT /api/session/password; the rules of a password are in domain/password-rules.ts. */
export const passwordChangeSchema = z.strictObject({
  current: z.string().min(1).max(longestPassword),
  next: z.string().min(1).max(longestPassword),
});

/** Name of the header that carries `csrfToken`. */
export const csrfHeader = 'X-CSRF-Token';
