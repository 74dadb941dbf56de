/** Who is asking, at the end of the top bar: signing in as administrator, and out again. */
import { DownOutlined, UserOutlined } from '@ant-design/icons';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useAccount, useSignIn, useSignOut } from '../../api/session.ts';
import { useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';

const SignInDialog = lazy(() => import('./sign-in-dialog.tsx'));

export function UserMenu() {
  const { session: texts } = useTexts();
  const account = useAccount();
  const signIn = useSignIn();
  const open = useAppState((state) => state.signInOpen);
  const setPanel = useAppState((state) => state.setPanel);
  const setOpen = (wanted: boolean) => setPanel('signInOpen', wanted);
  const [wasOpen, setWasOpen] = useState(false);
  useTokenOfAddress((token) => signIn.mutate(token, { onError: () => setOpen(true) }));
  useEffect(() => {
    if (open) setWasOpen(true);
  }, [open]);
  return (
    <>
      {account.role === 'anonymous' ? (
        <button
          type="button"
          className="user-button"
          aria-haspopup="dialog"
          aria-label={`${texts.anonymous}: ${texts.signIn}`}
          title={texts.signIn}
          onClick={() => {
            signIn.reset();
            setOpen(true);
          }}
        >
          <UserOutlined /> <span>{signIn.isPending ? texts.working : texts.anonymous}</span>
        </button>
      ) : (
        <SignedIn name={texts.administrator} />
      )}
      {wasOpen && (
        <Suspense>
          <SignInDialog open={open} close={() => setOpen(false)} signIn={signIn} />
        </Suspense>
      )}
    </>
  );
}

/** A disclosure rather than a menu: it holds one button. */
function SignedIn({ name }: { name: string }) {
  const { session: texts } = useTexts();
  const signOut = useSignOut();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys and the leaving focus of the buttons in it
    <div
      ref={box}
      className="user-box"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.preventDefault();
        setOpen(false);
        box.current?.querySelector('button')?.focus();
      }}
    >
      <button
        type="button"
        className="user-button user-button-signed"
        aria-expanded={open}
        aria-label={texts.menu(name)}
        onClick={() => setOpen(!open)}
      >
        <UserOutlined /> <span>{name}</span> <DownOutlined className="user-caret" />
      </button>
      {open && (
        <div className="user-menu">
          <p>{name}</p>
          {signOut.isError && <p role="alert">{texts.signOutFailed}</p>}
          <button
            type="button"
            className="plain-button"
            disabled={signOut.isPending}
            onClick={() => signOut.mutate()}
          >
            {texts.signOut}
          </button>
        </div>
      )}
    </div>
  );
}

/** Tries the token of a printed sign-in link once. */
function useTokenOfAddress(tryToken: (token: string) => void): void {
  const token = useAppState((state) => state.signInToken);
  const latest = useRef(tryToken);
  latest.current = tryToken;
  useEffect(() => {
    if (token === null) return;
    useAppState.getState().setSignInToken(null);
    latest.current(token);
  }, [token]);
}
