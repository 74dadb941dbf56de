/** The texts of the work list in the language in use. */
import type { Language } from '../state/app-state.ts';
import { useLanguage } from './text.ts';
import { type WorkTexts, workZh } from './work-list.ts';
import { workEn } from './work-list-en.ts';

export const workTexts: Record<Language, WorkTexts> = { 'zh-CN': workZh, en: workEn };

export function useWorkTexts(): WorkTexts {
  return workTexts[useLanguage()];
}
