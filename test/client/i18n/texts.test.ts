import { describe, expect, it } from 'vitest';
import { administrationTexts } from '../../../client/i18n/administration-texts.ts';
import { markingTexts } from '../../../client/i18n/marking-texts.ts';
import { sheetTexts } from '../../../client/i18n/sheet-texts.ts';
import { texts } from '../../../client/i18n/text.ts';
import { workTexts } from '../../../client/i18n/work-texts.ts';

/** Every text of a dictionary by its path; texts with values in them are called with visible ones. */
function flatten(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return flatten(value('«1»', '«2»', '«3»'), path);
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, `${path}.${key}`));
}

const all = (language: 'zh-CN' | 'en') =>
  flatten({
    ...texts[language],
    marking: markingTexts[language],
    work: workTexts[language],
    administration: administrationTexts[language],
    sheets: sheetTexts[language],
  });
const chinese = all('zh-CN');
const english = all('en');

describe('texts of the screen', () => {
  it('are the same set in both languages, none of them empty', () => {
    expect(english.map(([path]) => path)).toEqual(chinese.map(([path]) => path));
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('use every value they are given in both languages', () => {
    const placeholders = (text: string) => [...new Set(text.match(/«\d»/g) ?? [])].sort();
    const differing = chinese
      .map(
        ([path, text], index) => [path, placeholders(text), placeholders(english[index]?.[1] ?? '')] as const,
      )
      .filter(([, zh, en]) => zh.join() !== en.join());
    expect(differing).toEqual([]);
  });

  it('leave no Chinese in the English but the name of the other language', () => {
    const mixed = english.filter(([, text]) => /\p{Script=Han}/u.test(text)).map(([path]) => path);
    expect(mixed).toEqual(['.switchLanguage.label', '.switchLanguage.short']);
  });
});
