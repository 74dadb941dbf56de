/** In place of data that is closed without signing in: says so and leads to the dialog. */
import { LockOutlined } from '@ant-design/icons';
import { useAccount } from '../../api/session.ts';
import { useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';

export function ClosedNote({ text }: { text: string }) {
  const { session: texts } = useTexts();
  const isAnonymous = useAccount().role === 'anonymous';
  const setPanel = useAppState((state) => state.setPanel);
  return (
    <p className="closed-note">
      <LockOutlined aria-hidden="true" />
      <span>{text}</span>
      {isAnonymous && (
        <button
          type="button"
          className="link-button"
          aria-haspopup="dialog"
          onClick={() => setPanel('signInOpen', true)}
        >
          {texts.signIn}
        </button>
      )}
    </p>
  );
}
