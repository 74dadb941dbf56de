/** Sentences of the service under a heading; nothing where there are none. */
import type { Bilingual } from '../../../geodata/catalogue/layer-definition.ts';
import { useServiceWord } from './screen-words.ts';

export function WordList(props: { title: string; words: readonly Bilingual[]; tone?: 'warning' }) {
  const word = useServiceWord();
  if (props.words.length === 0) return null;
  return (
    <section
      className={props.tone === 'warning' ? 'word-list word-list-warning' : 'word-list'}
      aria-label={props.title}
    >
      <h3>{props.title}</h3>
      <ul>
        {props.words.map((sentence) => (
          <li key={sentence.zh}>{word(sentence)}</li>
        ))}
      </ul>
    </section>
  );
}
