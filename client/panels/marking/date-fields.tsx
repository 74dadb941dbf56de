/** 发生日期 and the note; the note is where a step that needs a reason gets it. */
import { lastFactDay } from '../../../geodata/domain/period.ts';
import { findStep, needsOf } from '../../../geodata/domain/workflow.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useMarkingContext } from './marking-context.ts';
import { DayField, WordsField } from './number-field.tsx';

export function DateFields() {
  const texts = useMarkingTexts();
  const { site, draft, change } = useMarkingContext();
  const lastDay = lastFactDay(site.period, site.workDay);
  const step = draft.status === null ? undefined : findStep(site.state.status, draft.status, 'editor');
  const asksReason = step !== undefined && needsOf(step, site.liability).includes('reason');
  return (
    <>
      <DayField
        field="effectiveOn"
        title={texts.fields.effectiveOn}
        hint={texts.form.effectiveOnHint(lastDay)}
        most={lastDay}
        value={draft.effectiveOn}
        change={(effectiveOn) => change({ effectiveOn })}
      />
      <WordsField
        field="answer.note"
        title={asksReason ? `${texts.fields.note} (${texts.fields.reason})` : texts.fields.note}
        required={asksReason}
        value={draft.note}
        change={(note) => change({ note })}
      />
    </>
  );
}
