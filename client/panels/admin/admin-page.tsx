/** 系统管理: accounts and reading without one for administrators, the audit for auditors too. */
import '../../styles/marking.css';
import '../../styles/admin.css';
import { Segmented } from 'antd';
import { useState } from 'react';
import { can } from '../../../geodata/domain/can.ts';
import { useAccount } from '../../api/session.ts';
import { useAdministrationTexts } from '../../i18n/administration-texts.ts';
import { ClosedNote } from '../account/closed-note.tsx';
import { AccountList } from './account-list.tsx';
import { AuditLog } from './audit-log.tsx';
import { ReadingAccess } from './reading-access.tsx';

type AdminView = 'accounts' | 'access' | 'audit';

export default function AdminPage() {
  const texts = useAdministrationTexts();
  const account = useAccount();
  const views: AdminView[] = [
    ...(can(account, 'manage_accounts') ? (['accounts'] as const) : []),
    ...(can(account, 'manage_settings') ? (['access'] as const) : []),
    ...(can(account, 'read_trace') ? (['audit'] as const) : []),
  ];
  const [picked, setPicked] = useState<AdminView | null>(null);
  const view = picked !== null && views.includes(picked) ? picked : views[0];
  return (
    <div className="admin-page">
      <header className="data-head">
        <h1>{texts.title}</h1>
        {views.length > 1 && view !== undefined && (
          <Segmented
            aria-label={texts.viewLabel}
            value={view}
            onChange={setPicked}
            options={views.map((value) => ({ value, label: texts.views[value] }))}
          />
        )}
      </header>
      {view === undefined && <ClosedNote text={texts.notAllowed} />}
      {view === 'accounts' && <AccountList />}
      {view === 'access' && <ReadingAccess />}
      {view === 'audit' && <AuditLog />}
    </div>
  );
}
