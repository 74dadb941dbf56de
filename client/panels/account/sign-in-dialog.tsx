/** 管理员登录: the token printed at start, or why it cannot be given from here. */
import { Button, Input, type InputRef, Modal } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useSession, type useSignIn } from '../../api/session.ts';
import { useTexts } from '../../i18n/text.ts';
import { explainFailure } from '../explain-failure.ts';

export default function SignInDialog(props: {
  open: boolean;
  close: () => void;
  signIn: ReturnType<typeof useSignIn>;
}) {
  const texts = useTexts();
  const { signIn, close } = props;
  const { data: session } = useSession();
  const [token, setToken] = useState('');
  const input = useRef<InputRef>(null);
  const inputId = useId();
  const problemId = useId();
  const mayTry = session?.maySignInHere ?? true;
  const isSignedIn = session?.account.role === 'administrator';
  useEffect(() => {
    if (props.open && isSignedIn) {
      setToken('');
      close();
    }
  }, [props.open, isSignedIn, close]);
  const problem = signIn.error && explainFailure(signIn.error, texts);
  return (
    <Modal
      title={texts.session.signInTitle}
      open={props.open}
      onCancel={close}
      footer={null}
      width={480}
      afterOpenChange={(shown) => {
        if (shown) input.current?.focus();
      }}
    >
      {mayTry ? (
        <form
          className="sign-in"
          onSubmit={(event) => {
            event.preventDefault();
            if (token.trim() === '') input.current?.focus();
            else signIn.mutate(token.trim(), { onError: () => input.current?.select() });
          }}
        >
          <label htmlFor={inputId}>{texts.session.token}</label>
          <div className="sign-in-line">
            <Input
              id={inputId}
              ref={input}
              type="password"
              value={token}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              status={problem ? 'error' : ''}
              aria-invalid={problem !== null}
              aria-describedby={problem ? problemId : undefined}
              onChange={(event) => setToken(event.target.value)}
            />
            <Button type="primary" htmlType="submit" loading={signIn.isPending}>
              {texts.session.submit}
            </Button>
          </div>
          {problem && (
            <p id={problemId} role="alert" className="alert-ink">
              {texts.session.wrong} · {problem.todo || problem.what}
            </p>
          )}
          <h3>{texts.session.whereTitle}</h3>
          <p className="quiet">{texts.session.where}</p>
        </form>
      ) : (
        <p>{texts.session.notHere}</p>
      )}
    </Modal>
  );
}
