/** A password that was made up, shown this once with a way to copy it. */
import { Button } from 'antd';
import { useState } from 'react';
import type { IssuedAccount } from '../../../geodata/contract/accounts.ts';
import { useAdministrationTexts } from '../../i18n/administration-texts.ts';
import { ModalDialog } from '../evidence/modal-dialog.tsx';

export function IssuedPassword(props: { issued: IssuedAccount; isNew: boolean; close: () => void }) {
  const { issued: texts } = useAdministrationTexts();
  const [copied, setCopied] = useState(false);
  const { account, password } = props.issued;
  const copy = async () => {
    await navigator.clipboard.writeText(`${account.username}\n${password}`);
    setCopied(true);
  };
  return (
    <ModalDialog
      title={props.isNew ? texts.title : texts.resetTitle}
      className="issued-password"
      close={props.close}
    >
      <div className="issued-body">
        <p>{texts.once}</p>
        <dl>
          <dt>{texts.username}</dt>
          <dd>
            <code>{account.username}</code>
          </dd>
          <dt>{texts.password}</dt>
          <dd>
            <code>{password}</code>
          </dd>
        </dl>
      </div>
      <footer className="modal-foot">
        {/* Without a secure context there is no clipboard: the password can still be selected. */}
        {navigator.clipboard !== undefined && (
          <Button onClick={() => void copy()}>{copied ? texts.copied : texts.copy}</Button>
        )}
        <Button type="primary" onClick={props.close}>
          {texts.done}
        </Button>
      </footer>
    </ModalDialog>
  );
}
