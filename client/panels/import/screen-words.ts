/** Sentences of the service as this screen says them: what the command line calls by a switch has a name here. Pure. */
import type { Bilingual } from '../../../geodata/catalogue/layer-definition.ts';
import type { ImportTexts } from '../../i18n/imports.ts';
import { useLanguage, useTexts, wordIn } from '../../i18n/text.ts';

/** The sentence with the name of the control in place of each switch. */
export function nameControls(sentence: string, texts: ImportTexts): string {
  const { inspect, map, confirm } = texts;
  const controls: Record<string, string> = {
    '--mode replace': map.modes.replace,
    '--mode upsert': map.modes.upsert,
    '--mode append': map.modes.append,
    '--encoding': inspect.encoding,
    '--crs': inspect.crs,
    '--part': inspect.part,
    '--as-of': confirm.asOf,
    '--skip-rejected': confirm.skipShort,
  };
  return Object.entries(controls).reduce(
    // Chinese needs no space round the name of a control.
    (text, [wanted, name]) =>
      text.replace(new RegExp(`(?:(?<=\\p{Script=Han}) )?${wanted}(?: (?=\\p{Script=Han}))?`, 'gu'), () =>
        texts.quote(name),
      ),
    sentence.replace(/由 --(crs|encoding) 指定|as given by --(crs|encoding)/g, texts.asChosen),
  );
}

/** Reads a sentence of the service in the language in use, in the words of this screen. */
export function useServiceWord(): (sentence: Bilingual) => string {
  const language = useLanguage();
  const { imports } = useTexts();
  return (sentence) => nameControls(wordIn(language, sentence), imports);
}
