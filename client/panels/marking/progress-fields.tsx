/** Status and 形象进度: only the steps that lead on from here, each with what it needs. */
import { Select } from 'antd';
import {
  findStep,
  needsOf,
  requirements,
  type Step,
  statuses,
  stepsFrom,
} from '../../../geodata/domain/workflow.ts';
import { joinWords } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useWord } from '../../i18n/text.ts';
import { withStatus } from './draft.ts';
import { FieldRow } from './field-row.tsx';
import { readValue } from './field-words.ts';
import { useMarkingContext } from './marking-context.ts';
import { DayField, LineField, NumberField } from './number-field.tsx';

export function ProgressFields() {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const word = useWord();
  const { site, draft, change } = useMarkingContext();
  const { state, liability } = site;
  const steps = stepsFrom(state.status).filter(({ by }) => by === 'editor');
  const step = draft.status === null ? undefined : findStep(state.status, draft.status, 'editor');
  const needs = step ? needsOf(step, liability) : [];
  const needWords = (of: Step) => {
    const titles = needsOf(of, liability).map((id) => word(requirements[id].title));
    return titles.length === 0 ? undefined : texts.actions.needs(joinWords(titles, language));
  };
  const stepWords = (of: Step) =>
    [word(statuses[of.to].title), needWords(of)].filter((words) => words !== undefined).join(' · ');
  const number = needs.find((id) => requirements[id].form === 'number');
  const previousPercent = site.previous?.answer.progressPercent ?? state.progressPercent;
  return (
    <>
      <FieldRow field="answer.status" title={texts.fields.status} hint={step && needWords(step)}>
        {(control) => (
          <Select
            {...control}
            value={draft.status ?? state.status}
            onChange={(status) => change(withStatus(draft, status === state.status ? null : status))}
            options={[
              { value: state.status, label: texts.form.keepStatus(word(statuses[state.status].title)) },
              ...steps.map((next) => ({ value: next.to, label: stepWords(next) })),
            ]}
          />
        )}
      </FieldRow>
      {number !== undefined && (
        <LineField
          field="answer.facts.documentNumber"
          title={word(requirements[number].title)}
          required
          value={draft.documentNumber}
          change={(documentNumber) => change({ documentNumber })}
        />
      )}
      {needs.includes('startedOn') && (
        <DayField
          field="answer.facts.startedOn"
          title={texts.fields.startedOn}
          required
          most={site.workDay}
          value={draft.startedOn}
          change={(startedOn) => change({ startedOn })}
        />
      )}
      <NumberField
        field="answer.progressPercent"
        title={texts.fields.progressPercent}
        unit={texts.form.percent}
        value={draft.progressPercent}
        previous={texts.form.lastMonth(
          previousPercent === null ? '—' : readValue('progressPercent', previousPercent, { texts, language }),
        )}
        change={(progressPercent) => change({ progressPercent })}
      />
    </>
  );
}
