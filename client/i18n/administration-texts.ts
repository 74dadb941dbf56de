/** The texts of administration in the language in use. */
import type { Language } from '../state/app-state.ts';
import { type AdministrationTexts, administrationZh } from './administration.ts';
import { administrationEn } from './administration-en.ts';
import { useLanguage } from './text.ts';

export const administrationTexts: Record<Language, AdministrationTexts> = {
  'zh-CN': administrationZh,
  en: administrationEn,
};

export function useAdministrationTexts(): AdministrationTexts {
  return administrationTexts[useLanguage()];
}
