/** Requests and answers of /api/accounts: the accounts of people, for administrators. */
import { z } from 'zod';
import { bilingualSchema } from '../catalogue/layer-definition.ts';
import { roleIdSchema } from './session.ts';

/** Small letters, digits, dot, hyphen and underscore; given in capitals it is the same name. */
export const usernameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,63}$/, '2–64 × a-z 0-9 . _ -');

const displayNameSchema = z.string().trim().min(1).max(100);
const scopeSchema = z.array(z.string().min(1).max(100)).max(200);

/** One line of the list; never a password or its hash. */
export const accountRecordSchema = z.object({
  id: z.uuid(),
  username: z.string(),
  name: z.string(),
  role: roleIdSchema,
  layers: z.array(z.string()),
  units: z.array(z.string()),
  /** When it was disabled; null: it may sign in. */
  disabledAt: z.iso.datetime().nullable(),
  mustChangePassword: z.boolean(),
  /** The password was given, and its holder has not yet chosen one. */
  passwordIsIssued: z.boolean(),
  passwordChangedAt: z.iso.datetime(),
  lastSignInAt: z.iso.datetime().nullable(),
  /** Sessions that have not ended. */
  sessions: z.int(),
  isSample: z.boolean(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  /** Goes into If-Match, in quotes. */
  version: z.int(),
});
export type AccountRecord = z.infer<typeof accountRecordSchema>;

/** Answer of GET /api/accounts, by username; and what there is to choose from for a scope. */
export const accountListSchema = z.object({
  accounts: z.array(accountRecordSchema),
  scope: z.object({
    layers: z.array(z.object({ id: z.string(), title: bilingualSchema })),
    units: z.array(z.object({ code: z.string(), title: bilingualSchema })),
  }),
});
export type AccountList = z.infer<typeof accountListSchema>;

/** Body of POST /api/accounts. Scope is for editors and county reviewers, who cannot do without. */
export const newAccountSchema = z.strictObject({
  username: usernameSchema,
  name: displayNameSchema,
  role: roleIdSchema,
  layers: scopeSchema.default([]),
  units: scopeSchema.default([]),
});
export type NewAccount = z.infer<typeof newAccountSchema>;

/** Body of PATCH /api/accounts/{id}, with If-Match. */
export const accountChangeSchema = z
  .strictObject({
    name: displayNameSchema,
    role: roleIdSchema,
    layers: scopeSchema,
    units: scopeSchema,
    disabled: z.boolean(),
  })
  .partial();
export type AccountChange = z.infer<typeof accountChangeSchema>;

/** Answer of POST /api/accounts and of POST /api/accounts/{id}/password-reset. */
export const issuedAccountSchema = z.object({
  account: accountRecordSchema,
  /** Shown this once; its holder must change it when signing in. */
  password: z.string(),
});
export type IssuedAccount = z.infer<typeof issuedAccountSchema>;
