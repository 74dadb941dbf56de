/** What an examination of the doctor finds. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { Context } from '../context.ts';

/** good: as it should be; note: worth knowing; bad: to be put right, and the text says how. */
export type Finding = { level: 'good' | 'note' | 'bad'; text: Bilingual };

/** Only reads. Throws where it cannot look at all. */
export type Examination = (context: Context) => Promise<Finding[]>;

export function finding(level: Finding['level'], zh: string, en: string): Finding {
  return { level, text: { zh, en } };
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}
