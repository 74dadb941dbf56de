/** 本期无进展: one reason, from a template or in one's own words. */
import { lastFactDay } from '../../../geodata/domain/period.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useMarkingContext } from './marking-context.ts';
import { DayField, WordsField } from './number-field.tsx';
import { ReasonTemplates } from './reason-templates.tsx';

export function NoProgressFields() {
  const texts = useMarkingTexts();
  const { site, draft, change } = useMarkingContext();
  const lastDay = lastFactDay(site.period, site.workDay);
  return (
    <>
      <ReasonTemplates
        title={texts.form.reasonTemplates}
        templates={texts.form.noProgressReasons}
        choose={(noProgressReason) => change({ noProgressReason })}
      />
      <WordsField
        field="answer.noProgressReason"
        title={texts.fields.noProgressReason}
        required
        most={500}
        hint={texts.form.noProgressHint}
        value={draft.noProgressReason}
        change={(noProgressReason) => change({ noProgressReason })}
      />
      <DayField
        field="effectiveOn"
        title={texts.fields.effectiveOn}
        hint={texts.form.effectiveOnHint(lastDay)}
        most={lastDay}
        value={draft.effectiveOn}
        change={(effectiveOn) => change({ effectiveOn })}
      />
    </>
  );
}
