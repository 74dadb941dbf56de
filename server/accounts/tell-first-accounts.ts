/** What the person at the terminal is told of the accounts a first start made; nothing of it goes into the log. */
import { join } from 'node:path';
import type { FirstAccounts } from './first-accounts.ts';
import { firstPasswordFile, sampleAccountsFile } from './kept-passwords.ts';

/** Lines in both languages; none where no account was made. */
export function tellFirstAccounts({ kind, accounts }: FirstAccounts, dataDir: string): string[] {
  if (kind === 'none') return [];
  const width = Math.max(...accounts.map(({ username }) => username.length));
  const lines = accounts.map(({ username, password }) => `  ${username.padEnd(width)}  ${password}`);
  const file = join(dataDir, kind === 'first' ? firstPasswordFile : sampleAccountsFile);
  return kind === 'first'
    ? [
        '管理员账号和一次性密码(只显示这一次,登录后须修改)· administrator, with a one-time password to be changed at sign-in:',
        ...lines,
        `  改密之前也在 · until it is changed also in ${file}`,
      ]
    : [
        '示意数据的试用账号和密码(只显示这一次)· accounts for trying the sample, shown this once:',
        ...lines,
        `  也在 · also in ${file}`,
      ];
}
