/** Problems of a field in words, from when they are to be told. */
import { formatNumber } from '../../i18n/format.ts';
import type { MarkingTexts } from '../../i18n/marking.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, wordIn } from '../../i18n/text.ts';
import type { Language } from '../../state/app-state.ts';
import type { DraftProblem } from './check-draft.ts';
import { useFormState } from './form-state.ts';

export function problemWords(problem: DraftProblem, texts: MarkingTexts, language: Language): string {
  switch (problem.kind) {
    case 'said':
      return wordIn(language, problem.title);
    case 'notANumber':
    case 'required':
    case 'needsReason':
      return texts.problems[problem.kind];
    case 'atLeast':
    case 'atMost':
    case 'tooLong':
      return texts.problems[problem.kind](formatNumber(problem.limit, language));
  }
}

/** Without saying anything twice. */
export function useProblemWords(field: string): string[] {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const { problems, attempted } = useFormState();
  const words = problems
    .filter((problem) => (attempted || problem.atOnce) && problem.field === field)
    .map((problem) => problemWords(problem, texts, language));
  return [...new Set(words)];
}
