/** The texts of marking in the language in use. */
import type { Language } from '../state/app-state.ts';
import { type MarkingTexts, markingZh } from './marking.ts';
import { markingEn } from './marking-en.ts';
import { useLanguage } from './text.ts';

export const markingTexts: Record<Language, MarkingTexts> = { 'zh-CN': markingZh, en: markingEn };

export function useMarkingTexts(): MarkingTexts {
  return markingTexts[useLanguage()];
}
