/** 我的方案: sheets an account keeps under a name, and the link that makes the same sheet again. */
import { Button, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { type SheetSpec, savedSheetNameSchema } from '../../../geodata/contract/sheets.ts';
import { useAccount } from '../../api/session.ts';
import { useRemoveSavedSheet, useSavedSheets, useSaveSheet } from '../../api/sheets.ts';
import { formatDateShort } from '../../i18n/format.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { compactSheet } from '../../state/sheet-link.ts';
import { formatUrlState } from '../../state/url.ts';
import { copyText } from '../copy-text.ts';
import { explainFailure } from '../explain-failure.ts';
import { RequestNotice } from '../request-notice.tsx';
import { FieldRow } from './field-row.tsx';
import { PrintSection } from './print-section.tsx';

export function SavedSheets({ sheet }: { sheet: SheetSpec }) {
  const { saved: texts } = useSheetTexts();
  const account = useAccount();
  const setPanel = useAppState((state) => state.setPanel);
  const { session } = useTexts();
  return (
    <PrintSection title={texts.title}>
      <CopyLink />
      {account.role === 'anonymous' ? (
        <p className="quiet">
          {texts.signIn}{' '}
          <button type="button" className="link-button" onClick={() => setPanel('signInOpen', true)}>
            {session.signIn}
          </button>
        </p>
      ) : (
        <AccountSheets sheet={sheet} />
      )}
    </PrintSection>
  );
}

function AccountSheets({ sheet }: { sheet: SheetSpec }) {
  const { saved: texts } = useSheetTexts();
  const allTexts = useTexts();
  const { data, error, refetch } = useSavedSheets(true);
  const save = useSaveSheet();
  const remove = useRemoveSavedSheet();
  const setSheet = useAppState((state) => state.setSheet);
  const [name, setName] = useState('');
  const [told, setTold] = useState('');
  const wanted = savedSheetNameSchema.safeParse(name).data;
  const exists = data?.sheets.some((each) => each.name === wanted) ?? false;
  const changeFailure = save.error ?? remove.error;
  const failure = changeFailure && explainFailure(changeFailure, allTexts);
  const keep = () => {
    if (wanted === undefined) return;
    save.mutate(
      { name: wanted, spec: compactSheet(sheet) },
      {
        onSuccess: () => {
          setTold(texts.savedNow(wanted));
          setName('');
        },
      },
    );
  };
  return (
    <>
      <FieldRow label={texts.name}>
        {(id) => (
          <Input
            id={id}
            value={name}
            maxLength={60}
            onChange={({ target }) => setName(target.value)}
            onPressEnter={keep}
          />
        )}
      </FieldRow>
      <p className="print-links">
        <Button disabled={wanted === undefined || save.isPending} onClick={keep}>
          {save.isPending ? texts.saving : texts.save}
        </Button>
        <span role="status" className="quiet">
          {exists ? texts.replaces : told}
        </span>
      </p>
      {failure !== null && (
        <p role="alert" className="alert-ink">
          {texts.notSaved}: {failure.what} {failure.todo !== failure.what && failure.todo}
        </p>
      )}
      {data === undefined && error && (
        <RequestNotice title={texts.failed} error={error} retry={() => void refetch()} />
      )}
      {data?.sheets.length === 0 && <p className="quiet">{texts.none}</p>}
      <ul className="saved-sheets">
        {data?.sheets.map(({ name: each, spec, savedAt }) => (
          <li key={each}>
            <button
              type="button"
              className="link-button"
              aria-label={texts.open(each)}
              onClick={() => {
                setSheet(spec);
                setTold(texts.opened(each));
              }}
            >
              {each}
            </button>
            <span className="quiet">{texts.on(formatDateShort(savedAt))}</span>
            <Popconfirm
              title={texts.removeAsk(each)}
              okText={texts.remove}
              onConfirm={() => remove.mutate(each)}
            >
              <button type="button" className="link-button" aria-label={texts.removeOf(each)}>
                {texts.remove}
              </button>
            </Popconfirm>
          </li>
        ))}
      </ul>
    </>
  );
}

function CopyLink() {
  const texts = useSheetTexts();
  const [told, setTold] = useState('');
  const copy = async () => {
    const address = new URL(formatUrlState(useAppState.getState()), document.baseURI).href;
    setTold((await copyText(address)) ? texts.linkCopied : texts.linkNotCopied);
  };
  return (
    <p className="print-links">
      <Button onClick={() => void copy()}>{texts.copyLink}</Button>
      <span role="status" className="quiet">
        {told}
      </span>
    </p>
  );
}
