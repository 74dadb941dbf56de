/** 登录: username and password. */
import { Button, type InputRef, Modal } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useAccount, type useSignIn } from '../../api/session.ts';
import { useTexts } from '../../i18n/text.ts';
import { explainFailure } from '../explain-failure.ts';
import { LabelledInput } from './labelled-input.tsx';

export default function SignInDialog(props: {
  open: boolean;
  close: () => void;
  signIn: ReturnType<typeof useSignIn>;
}) {
  const texts = useTexts();
  const { signIn, close, open } = props;
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const usernameInput = useRef<InputRef>(null);
  const passwordInput = useRef<InputRef>(null);
  const problemId = useId();
  const isSignedIn = useAccount().role !== 'anonymous';
  useEffect(() => {
    if (open && isSignedIn) {
      setPassword('');
      close();
    }
  }, [open, isSignedIn, close]);
  const problem = signIn.error && explainFailure(signIn.error, texts);
  const invalid = problem === null ? undefined : problemId;
  const submit = () => {
    if (username.trim() === '') usernameInput.current?.focus();
    else if (password === '') passwordInput.current?.focus();
    else signIn.mutate({ username, password }, { onError: () => passwordInput.current?.select() });
  };
  return (
    <Modal
      title={texts.session.signInTitle}
      open={open}
      onCancel={close}
      footer={null}
      width={400}
      afterOpenChange={(shown) => {
        if (shown) (username === '' ? usernameInput : passwordInput).current?.focus();
      }}
    >
      <form
        className="account-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <LabelledInput
          label={texts.session.username}
          value={username}
          setValue={setUsername}
          type="text"
          autoComplete="username"
          problemId={invalid}
          inputRef={usernameInput}
        />
        <LabelledInput
          label={texts.session.password}
          value={password}
          setValue={setPassword}
          type="password"
          autoComplete="current-password"
          problemId={invalid}
          inputRef={passwordInput}
        />
        {problem && (
          <p id={problemId} role="alert" className="alert-ink">
            {problem.todo || problem.what}
          </p>
        )}
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {texts.session.submit}
        </Button>
        <p className="quiet">{texts.session.noAccount}</p>
      </form>
    </Modal>
  );
}
