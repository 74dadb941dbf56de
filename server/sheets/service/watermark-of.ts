/** What is printed across a sheet for the office only: who printed it, and when. */
import type { Account } from '../../../geodata/contract/session.ts';
import type { SheetSpec } from '../../../geodata/contract/sheets.ts';

const minute = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** Name and minute in Asia/Shanghai: 李敏 2025-09-30 14:05. */
export function watermarkOf(account: Account, language: SheetSpec['language'], at: Date): string {
  const nobody = language === 'en' ? 'Not signed in' : '未登录用户';
  return `${account.role === 'anonymous' ? nobody : account.name} ${minute.format(at)}`;
}
