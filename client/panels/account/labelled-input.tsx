/** One line of the forms of this folder: a label above an input. */
import { Input, type InputRef } from 'antd';
import { type Ref, useId } from 'react';
import { longestPassword } from '../../../geodata/contract/session.ts';

export function LabelledInput(props: {
  label: string;
  value: string;
  setValue: (value: string) => void;
  type: 'text' | 'password';
  /** How browsers know what to fill in: username, current-password, new-password. */
  autoComplete: string;
  problemId?: string | undefined;
  inputRef?: Ref<InputRef>;
}) {
  const id = useId();
  const { label, value, setValue, type, autoComplete, problemId, inputRef = null } = props;
  return (
    <div className="account-field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        ref={inputRef}
        type={type}
        value={value}
        maxLength={longestPassword}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        status={problemId === undefined ? '' : 'error'}
        aria-invalid={problemId !== undefined}
        aria-describedby={problemId}
        onChange={(event) => setValue(event.target.value)}
      />
    </div>
  );
}
