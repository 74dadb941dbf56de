/** The texts of the language in use, and the word to read of a bilingual title. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { type Language, useAppState } from '../state/app-state.ts';
import { en } from './en.ts';
import { type Texts, zh } from './zh.ts';

export const texts: Record<Language, Texts> = { 'zh-CN': zh, en };

export function useLanguage(): Language {
  return useAppState((state) => state.language);
}

export function useTexts(): Texts {
  return texts[useLanguage()];
}

export function wordIn(language: Language, bilingual: Bilingual): string {
  return language === 'zh-CN' ? bilingual.zh : bilingual.en;
}

/** Reads a bilingual title in the language in use. */
export function useWord(): (bilingual: Bilingual) => string {
  const language = useLanguage();
  return (bilingual) => wordIn(language, bilingual);
}
