/** What a field of a report or of the state of a site is called, and how its values read. */
import { statuses } from '../../../geodata/domain/workflow.ts';
import { formatArea, formatDateShort, formatNumber, writeQuantity } from '../../i18n/format.ts';
import type { MarkingTexts } from '../../i18n/marking.ts';
import { wordIn } from '../../i18n/text.ts';
import type { Language } from '../../state/app-state.ts';

type Reading = { texts: MarkingTexts; language: Language };

/** The title of a field by its path in the answer (without `answer.`); a path nobody has named reads as itself. */
export function fieldTitle(path: string, texts: MarkingTexts): string {
  if (path.startsWith('patches.')) return texts.fields.patches(path.slice('patches.'.length));
  let at: unknown = texts.fields;
  for (const part of path.split('.')) {
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined;
  }
  return typeof at === 'string' ? at : path;
}

/** A value as people read it, with its unit. Null, undefined and '' read as not filled in. */
export function readValue(path: string, value: unknown, { texts, language }: Reading): string {
  if (value === null || value === undefined || value === '') return texts.notFilled;
  if (path === 'status' && typeof value === 'string' && value in statuses) {
    return wordIn(language, statuses[value as keyof typeof statuses].title);
  }
  if (path === 'issueKinds') {
    const kinds = Array.isArray(value) ? value : String(value).split(',');
    return kinds.map((kind) => texts.issueKinds[kind as keyof typeof texts.issueKinds] ?? kind).join(' · ');
  }
  if (typeof value === 'number') return readNumberOf(path, value, { texts, language });
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, inner]) => {
        const innerPath = `${path}.${name}`;
        return `${fieldTitle(innerPath, texts)} ${readValue(innerPath, inner, { texts, language })}`;
      })
      .join(' · ');
  }
  return /^\d{4}-\d{2}-\d{2}T/.test(String(value)) ? formatDateShort(String(value)) : String(value);
}

function readNumberOf(path: string, value: number, { texts, language }: Reading): string {
  if (path.endsWith('SquareMeters') || path.startsWith('patches.')) return readHectares(value, language);
  if (path === 'progressPercent') return `${formatNumber(value, language, 1)}%`;
  if (path.startsWith('investment.')) {
    return writeQuantity({ value: formatNumber(value, language, 2), unit: texts.form.money10k });
  }
  return formatNumber(value, language, 2);
}

/** Reports are written in 公顷, however small the area. */
export function readHectares(squareMeters: number, language: Language): string {
  return writeQuantity(formatArea(squareMeters, 'ha', language));
}

/** `2025年9月` or `September 2025`. */
export function readMonth(period: string, language: Language): string {
  const [year = 0, month = 1] = period.split('-').map(Number);
  if (language === 'zh-CN') return `${year}年${month}月`;
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.UTC(year, month - 1, 1),
  );
}

/** `2025-09-30 14:05` in Asia/Shanghai. */
export function readTime(instant: string | number): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(instant));
  return `${formatDateShort(new Date(instant).toISOString())} ${time}`;
}
