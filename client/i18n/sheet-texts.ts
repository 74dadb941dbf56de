/** The texts of printing in the language in use. */
import type { Language } from '../state/app-state.ts';
import { type SheetTexts, sheetsZh } from './sheets.ts';
import { sheetsEn } from './sheets-en.ts';
import { useLanguage } from './text.ts';

export const sheetTexts: Record<Language, SheetTexts> = { 'zh-CN': sheetsZh, en: sheetsEn };

export function useSheetTexts(): SheetTexts {
  return sheetTexts[useLanguage()];
}
