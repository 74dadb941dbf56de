/** The accounts of people: who may do what where, whether they can sign in, and what can be done about it. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import type { AccountRecord, IssuedAccount } from '../../../geodata/contract/accounts.ts';
import { useAccounts } from '../../api/accounts.ts';
import { useAdministrationTexts } from '../../i18n/administration-texts.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/text.ts';
import { RequestNotice } from '../request-notice.tsx';
import { AccountForm } from './account-form.tsx';
import { AccountRow } from './account-row.tsx';
import { IssuedPassword } from './issued-password.tsx';

export function AccountList() {
  const { accounts: texts } = useAdministrationTexts();
  const language = useLanguage();
  const { data, error, refetch } = useAccounts();
  const [words, setWords] = useState('');
  const [editing, setEditing] = useState<AccountRecord | 'new' | null>(null);
  const [issued, setIssued] = useState<{ of: IssuedAccount; isNew: boolean } | null>(null);
  if (data === undefined) {
    return error ? (
      <RequestNotice title={texts.failed} error={error} retry={() => void refetch()} />
    ) : (
      <Skeleton active title={false} paragraph={{ rows: 8 }} />
    );
  }
  const found = findAccounts(data.accounts, words);
  return (
    <>
      <div className="admin-tools">
        <Input
          allowClear
          className="admin-search"
          aria-label={texts.search}
          placeholder={texts.search}
          maxLength={60}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <span className="quiet" role="status">
          {texts.count(formatNumber(found.length, language))}
        </span>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
          {texts.add}
        </Button>
      </div>
      {found.length === 0 && <p>{texts.noneFound}</p>}
      {found.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls sideways must be reached by keys
        <section className="dataset-scroll" tabIndex={0} aria-label={texts.columns.account}>
          <table className="dataset-table account-table">
            <thead>
              <tr>
                {Object.entries(texts.columns).map(([id, title]) => (
                  <th key={id} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.map((account) => (
                <AccountRow
                  key={account.id}
                  account={account}
                  scope={data.scope}
                  edit={() => setEditing(account)}
                  issued={(of) => setIssued({ of, isNew: false })}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {editing !== null && (
        <AccountForm
          key={editing === 'new' ? 'new' : editing.id}
          account={editing === 'new' ? null : editing}
          newest={data.accounts}
          scope={data.scope}
          close={() => setEditing(null)}
          added={(of) => {
            setEditing(null);
            setIssued({ of, isNew: true });
          }}
        />
      )}
      {issued !== null && (
        <IssuedPassword issued={issued.of} isNew={issued.isNew} close={() => setIssued(null)} />
      )}
    </>
  );
}

/** By username or name, whatever the case. Pure. */
export function findAccounts(accounts: readonly AccountRecord[], words: string): AccountRecord[] {
  const wanted = words.trim().toLowerCase();
  return accounts.filter(
    ({ username, name }) => username.includes(wanted) || name.toLowerCase().includes(wanted),
  );
}
