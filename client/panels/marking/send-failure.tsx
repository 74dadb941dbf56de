/** Why something was not sent or not taken, in words; a conflict has a dialog of its own. */
import { obstacleWords } from '../../../geodata/domain/obstacle-words.ts';
import { refusalOf } from '../../api/mine-sites.ts';
import { useTexts, useWord } from '../../i18n/text.ts';
import { explainFailure } from '../explain-failure.ts';

export function SendFailure({ error }: { error: unknown }) {
  const texts = useTexts();
  const word = useWord();
  if (error === null || error === undefined) return null;
  const refusal = refusalOf(error);
  if (refusal?.current !== undefined) return null;
  const { what, todo } = explainFailure(error, texts);
  const words = refusal?.obstacle ? word(obstacleWords[refusal.obstacle]) : what;
  return (
    <p className="mark-problem" role="alert">
      {words}
      {todo !== '' && todo !== words && ` ${todo}`}
    </p>
  );
}
