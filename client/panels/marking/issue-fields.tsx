/** 存在问题 with kinds and words, 下步打算 and the expected finish. */
import { Checkbox } from 'antd';
import { issueKinds } from '../../../geodata/contract/marking.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { readValue } from './field-words.ts';
import { useMarkingContext } from './marking-context.ts';
import { DayField, WordsField } from './number-field.tsx';

export function IssueFields() {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const { site, draft, change } = useMarkingContext();
  const previous = site.previous?.answer;
  const before = (path: 'issues' | 'nextSteps' | 'issueKinds') => {
    const value = previous?.[path];
    return value === undefined
      ? undefined
      : texts.form.lastMonth(readValue(path, value, { texts, language }));
  };
  return (
    <>
      <fieldset className="mark-choices">
        <legend>{texts.fields.issueKinds}</legend>
        <Checkbox.Group
          value={draft.issueKinds}
          options={issueKinds.map((value) => ({ value, label: texts.issueKinds[value] }))}
          onChange={(kinds) => change({ issueKinds: issueKinds.filter((kind) => kinds.includes(kind)) })}
        />
        {before('issueKinds') !== undefined && <p className="quiet mark-hint">{before('issueKinds')}</p>}
      </fieldset>
      <WordsField
        field="answer.issues"
        title={texts.fields.issues}
        value={draft.issues}
        hint={before('issues')}
        change={(issues) => change({ issues })}
      />
      <WordsField
        field="answer.nextSteps"
        title={texts.fields.nextSteps}
        value={draft.nextSteps}
        hint={before('nextSteps')}
        change={(nextSteps) => change({ nextSteps })}
      />
      <DayField
        field="answer.expectedFinishOn"
        title={texts.fields.expectedFinishOn}
        value={draft.expectedFinishOn}
        previous={texts.form.lastMonth(previous?.expectedFinishOn ?? '—')}
        change={(expectedFinishOn) => change({ expectedFinishOn })}
      />
    </>
  );
}
