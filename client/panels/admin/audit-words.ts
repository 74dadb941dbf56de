/** Entries of the audit as people read them. Pure. */
import type { AdministrationTexts } from '../../i18n/administration.ts';

/** An action nobody has named reads by what it begins with (`read.items` as `read`), else as itself. */
export function actionWord(action: string, { audit: { actions } }: AdministrationTexts): string {
  const words: Record<string, string> = actions;
  const whole = words[action];
  if (whole !== undefined) return whole;
  const [kind = '', ...rest] = action.split('.');
  const known = words[kind];
  return known === undefined ? action : `${known} (${rest.join('.')})`;
}

/** `role editor · units 360732`; what is nested stands as JSON. */
export function detailWords(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
}
