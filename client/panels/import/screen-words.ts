/** Sentences of the service as this screen says them: what the command line calls by a switch has a name here. Pure. */
import type { Bilingual } from '../../../geodata/catalogue/layer-definition.ts';
import type { ImportTexts } from '../../i18n/imports.ts';
import { useLanguage, useTexts, wordIn } from '../../i18n/text.ts';

/** The sentence with the name of the control in place of each switch. */
export function nameControls(sentence: string, texts: ImportTexts): string {
  const { inspect, map, confirm } = texts;
  const controls: [pattern: RegExp, name: string][] = [
    [/--mode (replace|upsert|append)/g, '$mode'],
    [/--encoding/g, inspect.encoding],
    [/--crs/g, inspect.crs],
    [/--part/g, inspect.part],
    [/--as-of/g, confirm.asOf],
    [/--skip-rejected/g, confirm.skipShort],
  ];
  return controls.reduce(
    (text, [pattern, name]) =>
      text.replace(pattern, (_match, mode: keyof typeof map.modes) =>
        texts.quote(name === '$mode' ? map.modes[mode] : name),
      ),
    sentence,
  );
}

/** Reads a sentence of the service in the language in use, in the words of this screen. */
export function useServiceWord(): (sentence: Bilingual) => string {
  const language = useLanguage();
  const { imports } = useTexts();
  return (sentence) => nameControls(wordIn(language, sentence), imports);
}
