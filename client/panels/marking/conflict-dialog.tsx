/** Two people on one site: both versions field by field, a choice for each, then submitted on top of the present state. */
import { Button, Radio } from 'antd';
import { useState } from 'react';
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { obstacleWords } from '../../../geodata/domain/obstacle-words.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useWord } from '../../i18n/text.ts';
import { ModalDialog } from '../evidence/modal-dialog.tsx';
import { type ConflictRow, conflictRows, type Side } from './conflict.ts';
import { fieldTitle, readTime, readValue } from './field-words.ts';
import { valuesOfSite } from './site-values.ts';
import type { Marking } from './use-marking.ts';

export function ConflictDialog({ current, marking }: { current: MineSite; marking: Marking }) {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const word = useWord();
  const [choices, setChoices] = useState<Record<string, Side>>({});
  const rows = conflictRows(marking.before, marking.mine, valuesOfSite(current));
  const theirs = rows.filter(({ field, theirs: value }) => value !== marking.before[field]);
  const { report } = current;
  const obstacle = reportObstacle(current);
  return (
    <ModalDialog title={texts.conflict.title} close={marking.closeConflict} className="conflict">
      <div className="conflict-body">
        {report && report.state !== 'withdrawn' && (
          <p className="quiet">
            {texts.report.states[report.state]} ·{' '}
            {texts.report.by(report.submittedBy, readTime(report.submittedAt))}
          </p>
        )}
        <p>{theirs.length > 0 ? texts.conflict.intro : texts.conflict.nothingContested}</p>
        {theirs.length > 0 && (
          <ConflictTable
            rows={theirs}
            choices={choices}
            choose={(field, side) => setChoices({ ...choices, [field]: side })}
          />
        )}
        {rows.length > theirs.length && (
          <p className="quiet">
            {texts.conflict.onlyMine(formatNumber(rows.length - theirs.length, language))}
          </p>
        )}
        {obstacle !== null && (
          <p className="mark-problem" role="alert">
            {word(obstacleWords[obstacle])}
          </p>
        )}
      </div>
      <div className="modal-foot">
        <Button onClick={marking.closeConflict}>{texts.conflict.later}</Button>
        <Button
          type="primary"
          disabled={obstacle !== null}
          onClick={() => marking.resolve(current, rows, choices)}
        >
          {theirs.length > 0 ? texts.conflict.resubmit : texts.conflict.goOn}
        </Button>
      </div>
    </ModalDialog>
  );
}

/** A report of theirs that may still be withdrawn stands in nobody's way. */
function reportObstacle({ actions }: MineSite) {
  const obstacleOf = (wanted: string) =>
    actions.find(({ action, to }) => action === wanted && to === undefined)?.obstacle ?? null;
  const obstacle = obstacleOf('report');
  return obstacle === 'already_reported' ? obstacleOf('withdraw') : obstacle;
}

function ConflictTable(props: {
  rows: readonly ConflictRow[];
  choices: Readonly<Record<string, Side>>;
  choose: (field: string, side: Side) => void;
}) {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const words = (field: string, value: unknown) => readValue(field, value, { texts, language });
  return (
    <ul className="conflict-rows">
      {props.rows.map(({ field, before, mine, theirs, suggested }) => {
        const title = fieldTitle(field, texts);
        return (
          <li key={field}>
            <strong>{title}</strong>
            <span className="quiet">
              {texts.conflict.before}: {words(field, before)}
            </span>
            <Radio.Group
              aria-label={texts.conflict.choose(title)}
              value={props.choices[field] ?? suggested}
              onChange={(event) => props.choose(field, event.target.value as Side)}
              options={[
                { value: 'mine', label: `${texts.conflict.mine}: ${words(field, mine)}` },
                { value: 'theirs', label: `${texts.conflict.theirs}: ${words(field, theirs)}` },
              ]}
            />
          </li>
        );
      })}
    </ul>
  );
}
