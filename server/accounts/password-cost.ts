/** What one hash of a password costs; part of the configuration, so that tests need not pay it. */
export type PasswordCost = { memoryKiB: number; passes: number };

/** The first choice of OWASP's Password Storage Cheat Sheet for argon2id: 19 MiB, two passes, one thread. */
export const usualPasswordCost: PasswordCost = { memoryKiB: 19_456, passes: 2 };
