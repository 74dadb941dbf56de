/** `12.4 MB`: bytes as people read them, in steps of 1024. Pure. */
import { formatNumber } from '../../i18n/format.ts';
import type { Language } from '../../state/app-state.ts';

export function formatFileSize(bytes: number, language: Language): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${formatNumber(bytes / 1024 ** step, language, step === 0 ? 0 : 1)} ${units[step]}`;
}
