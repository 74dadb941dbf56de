/** 修改密码: asked for, or required before anything else where the password was given or is too old. */
import { Button, type InputRef, Modal } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { faultOfPassword } from '../../../geodata/domain/password-rules.ts';
import { useChangePassword, useSignOut } from '../../api/session.ts';
import { useTexts } from '../../i18n/text.ts';
import { explainFailure } from '../explain-failure.ts';
import { LabelledInput } from './labelled-input.tsx';

export default function PasswordDialog(props: {
  open: boolean;
  close: () => void;
  username: string;
  /** There is no way past it but signing out. */
  isRequired: boolean;
}) {
  const texts = useTexts();
  const { session: words } = texts;
  const { open, close, username, isRequired } = props;
  const change = useChangePassword();
  const signOut = useSignOut();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const currentInput = useRef<InputRef>(null);
  const problemId = useId();
  const { reset } = change;
  useEffect(() => {
    if (open) return;
    for (const set of [setCurrent, setNext, setAgain]) set('');
    setFault(null);
    reset();
  }, [open, reset]);

  const submit = () => {
    const broken = faultOfPassword(next, { username, current });
    if (current === '') setFault(words.currentMissing);
    else if (broken !== null) setFault(words.faults[broken]);
    else if (next !== again) setFault(words.differs);
    else {
      setFault(null);
      change.mutate({ current, next }, { onSuccess: close });
    }
  };
  const failure = change.error && explainFailure(change.error, texts);
  const problem = fault ?? (failure && (failure.todo || failure.what));
  const invalid = problem === null ? undefined : problemId;
  return (
    <Modal
      title={words.passwordTitle}
      open={open}
      onCancel={close}
      closable={!isRequired}
      mask={{ closable: !isRequired }}
      keyboard={!isRequired}
      footer={null}
      width={440}
      afterOpenChange={(shown) => {
        if (shown) currentInput.current?.focus();
      }}
    >
      <form
        className="account-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {isRequired && <p>{words.passwordRequired}</p>}
        <input type="text" name="username" value={username} autoComplete="username" readOnly hidden />
        <LabelledInput
          label={words.currentPassword}
          value={current}
          setValue={setCurrent}
          type="password"
          autoComplete="current-password"
          inputRef={currentInput}
        />
        <LabelledInput
          label={words.nextPassword}
          value={next}
          setValue={setNext}
          type="password"
          autoComplete="new-password"
          problemId={invalid}
        />
        <LabelledInput
          label={words.againPassword}
          value={again}
          setValue={setAgain}
          type="password"
          autoComplete="new-password"
          problemId={invalid}
        />
        <p className="quiet">{words.passwordRules}</p>
        {problem !== null && (
          <p id={problemId} role="alert" className="alert-ink">
            {problem}
          </p>
        )}
        <div className="account-actions">
          {isRequired && (
            <Button loading={signOut.isPending} onClick={() => signOut.mutate({ everywhere: false })}>
              {words.signOut}
            </Button>
          )}
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {words.changePassword}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
