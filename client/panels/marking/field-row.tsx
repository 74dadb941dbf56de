/** One field of the report: title, value, last month's value beside it, what is wrong and what is unlikely. */
import { Input } from 'antd';
import { type ReactNode, useId } from 'react';
import { describeWarning, needsReason } from '../../../geodata/domain/answer-warnings.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useWord } from '../../i18n/text.ts';
import { useFormState } from './form-state.ts';
import { useProblemWords } from './problem-words.ts';

/** What goes onto the control, so that it is announced with its title and its problems. */
export type ControlProps = {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
};

export function FieldRow(props: {
  /** Path in the body, `answer.` included. */
  field: string;
  title: string;
  required?: boolean;
  /** Last month's value in words; undefined: the field has none to compare with. */
  previous?: string | undefined;
  hint?: ReactNode;
  children: (control: ControlProps) => ReactNode;
}) {
  const texts = useMarkingTexts();
  const id = useId();
  const problems = useProblemWords(props.field);
  const notes = [
    ...(props.previous === undefined ? [] : [`${id}-before`]),
    ...(props.hint === undefined ? [] : [`${id}-hint`]),
    ...(problems.length === 0 ? [] : [`${id}-problem`]),
  ];
  return (
    <div className={problems.length > 0 ? 'mark-field mark-field-wrong' : 'mark-field'}>
      <label htmlFor={id}>
        {props.title}
        {props.required && <small className="required-mark"> {texts.required}</small>}
      </label>
      {props.previous !== undefined && (
        <span id={`${id}-before`} className="mark-before">
          {props.previous}
        </span>
      )}
      <div className="mark-control">
        {props.children({
          id,
          'aria-invalid': problems.length > 0,
          'aria-describedby': notes.length > 0 ? notes.join(' ') : undefined,
        })}
      </div>
      {props.hint !== undefined && (
        <p id={`${id}-hint`} className="quiet mark-hint">
          {props.hint}
        </p>
      )}
      {problems.length > 0 && (
        <p id={`${id}-problem`} className="mark-problem" role="alert">
          {problems.join(' ')}
        </p>
      )}
      <FieldWarnings field={props.field} />
    </div>
  );
}

/** Unlikely values: what they are, and where the reason goes. */
export function FieldWarnings({ field }: { field: string }) {
  const texts = useMarkingTexts();
  const word = useWord();
  const { warnings: found, reasons, giveReason, attempted } = useFormState();
  const warnings = found.filter((warning) => warning.field === field);
  return warnings.map((warning) => {
    const missing = attempted && needsReason(warning) && (reasons[warning.id] ?? '').trim() === '';
    return (
      <div key={warning.id} className="mark-warning">
        <p role="status">{word(describeWarning(warning))}</p>
        {needsReason(warning) && (
          <Input
            aria-label={`${texts.form.reasonFor}: ${word(describeWarning(warning))}`}
            placeholder={texts.form.reasonFor}
            maxLength={500}
            status={missing ? 'error' : ''}
            aria-invalid={missing}
            value={reasons[warning.id] ?? ''}
            onChange={(event) => giveReason(warning.id, event.target.value)}
          />
        )}
        {missing && (
          <p className="mark-problem" role="alert">
            {texts.problems.needsReason}
          </p>
        )}
      </div>
    );
  });
}
