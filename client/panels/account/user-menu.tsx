/** Who is asking, at the end of the top bar: signing in and out, and changing one's password. */
import { DownOutlined, UserOutlined } from '@ant-design/icons';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { SignedInAccount } from '../../../geodata/contract/session.ts';
import { useAccount, useSignIn, useSignOut } from '../../api/session.ts';
import { useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';

const SignInDialog = lazy(() => import('./sign-in-dialog.tsx'));
const PasswordDialog = lazy(() => import('./password-dialog.tsx'));

export function UserMenu() {
  const { session: texts } = useTexts();
  const account = useAccount();
  const signIn = useSignIn();
  const open = useAppState((state) => state.signInOpen);
  const setPanel = useAppState((state) => state.setPanel);
  const setOpen = (wanted: boolean) => setPanel('signInOpen', wanted);
  const [wasOpen, setWasOpen] = useState(false);
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
          <UserOutlined /> <span>{signIn.isPending ? texts.working : texts.signIn}</span>
        </button>
      ) : (
        <SignedIn account={account} />
      )}
      {wasOpen && (
        <Suspense>
          <SignInDialog open={open} close={() => setOpen(false)} signIn={signIn} />
        </Suspense>
      )}
    </>
  );
}

/** A disclosure rather than a menu: it holds a few plain buttons. */
function SignedIn({ account }: { account: SignedInAccount }) {
  const { session: texts } = useTexts();
  const signOut = useSignOut();
  const [open, setOpen] = useState(false);
  const [changing, setChanging] = useState(false);
  const [wasChanging, setWasChanging] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const { name, username, role, mustChangePassword } = account;
  const changePassword = () => {
    setWasChanging(true);
    setChanging(true);
    setOpen(false);
  };
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
          <p>
            {name}
            <br />
            <span className="quiet">
              {username} · {texts.roles[role]}
            </span>
          </p>
          {signOut.isError && <p role="alert">{texts.signOutFailed}</p>}
          <button type="button" className="plain-button" aria-haspopup="dialog" onClick={changePassword}>
            {texts.changePassword}
          </button>
          <button
            type="button"
            className="plain-button"
            disabled={signOut.isPending}
            onClick={() => signOut.mutate({ everywhere: true })}
          >
            {texts.signOutEverywhere}
          </button>
          <button
            type="button"
            className="plain-button"
            disabled={signOut.isPending}
            onClick={() => signOut.mutate({ everywhere: false })}
          >
            {texts.signOut}
          </button>
        </div>
      )}
      {(wasChanging || mustChangePassword) && (
        <Suspense>
          <PasswordDialog
            open={changing || mustChangePassword}
            close={() => setChanging(false)}
            username={username}
            isRequired={mustChangePassword}
          />
        </Suspense>
      )}
    </div>
  );
}
