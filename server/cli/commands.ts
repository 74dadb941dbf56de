/**
 * Every command in one table, loaded when it is asked for. Adding a command = one file and one entry here, plus its line in
 * package.json.
 */
import type { Command } from './command.ts';

export const commandIds = [
  'import',
  'take-back',
  'export',
  'backup',
  'restore',
  'transfer',
  'doctor',
  'sample',
  'access',
  'account',
  'verify-trace',
  'sheet',
] as const;
export type CommandId = (typeof commandIds)[number];

export const commands: Record<CommandId, () => Promise<Command>> = {
  import: async () => (await import('./import.ts')).importCommand,
  'take-back': async () => (await import('./take-back.ts')).takeBackCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
  transfer: async () => (await import('./transfer.ts')).transfer,
  doctor: async () => (await import('./doctor.ts')).doctor,
  sample: async () => (await import('./sample.ts')).sample,
  access: async () => (await import('./access.ts')).access,
  account: async () => (await import('./account.ts')).account,
  'verify-trace': async () => (await import('./verify-trace.ts')).verifyTraceCommand,
  sheet: async () => (await import('./sheet.ts')).sheetCommand,
};

/** Undefined where none has this id, whatever the id is. */
export async function findCommand(id: string | undefined): Promise<Command | undefined> {
  const known = commandIds.find((each) => each === id);
  return known === undefined ? undefined : commands[known]();
}
