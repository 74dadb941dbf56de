/** Every command in one table. Adding a command = one file and one entry here, plus its line in package.json. */
import { access } from './access.ts';
import { account } from './account.ts';
import { backup } from './backup.ts';
import type { Command } from './command.ts';
import { doctor } from './doctor.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { restore } from './restore.ts';
import { sample } from './sample.ts';
import { sheetCommand } from './sheet.ts';
import { takeBackCommand } from './take-back.ts';
import { transfer } from './transfer.ts';
import { verifyTraceCommand } from './verify-trace.ts';

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

export const commands: Record<CommandId, Command> = {
  import: importCommand,
  'take-back': takeBackCommand,
  export: exportCommand,
  backup,
  restore,
  transfer,
  doctor,
  sample,
  access,
  account,
  'verify-trace': verifyTraceCommand,
  sheet: sheetCommand,
};
