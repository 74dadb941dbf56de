/** The phone's tabs: the map, and what slides up over it. */
import {
  BarChartOutlined,
  CheckSquareOutlined,
  DatabaseOutlined,
  EnvironmentOutlined,
  MenuOutlined,
  PrinterOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useAccount } from '../../api/session.ts';
import { useTexts } from '../../i18n/text.ts';
import { type TabId, useAppState } from '../../state/app-state.ts';
import { mayAdminister, workLevelOf } from '../work-list/work-level.ts';

type PhoneTab = 'work' | 'map' | 'layers' | 'figures' | 'print' | 'data' | 'admin';
const tabs: { id: PhoneTab; icon: ReactNode }[] = [
  { id: 'work', icon: <CheckSquareOutlined /> },
  { id: 'map', icon: <EnvironmentOutlined /> },
  { id: 'layers', icon: <MenuOutlined /> },
  { id: 'figures', icon: <BarChartOutlined /> },
  { id: 'print', icon: <PrinterOutlined /> },
  { id: 'data', icon: <DatabaseOutlined /> },
  { id: 'admin', icon: <TeamOutlined /> },
];

/** The page of a tab where it is one of its own. */
const pages: Partial<Record<PhoneTab, TabId>> = {
  work: 'remediation',
  print: 'print',
  data: 'data',
  admin: 'admin',
};

export function PhoneTabs() {
  const texts = useTexts();
  const account = useAccount();
  const hasWork = workLevelOf(account) !== null;
  const shown = tabs.filter(({ id }) =>
    id === 'work' ? hasWork : id === 'admin' ? mayAdminister(account) : true,
  );
  const current = useAppState(({ tab, layerPanelOpen, contextPanelOpen }): PhoneTab => {
    if (tab === 'print' || tab === 'data' || tab === 'admin') return tab;
    if (tab === 'remediation' && hasWork) return 'work';
    if (layerPanelOpen) return 'layers';
    return contextPanelOpen ? 'figures' : 'map';
  });
  const open = (id: PhoneTab) => {
    const { setTab, setPanel, select } = useAppState.getState();
    setTab(pages[id] ?? 'map');
    if (id === 'work') setPanel('workPanelOpen', true);
    setPanel('layerPanelOpen', id === 'layers');
    setPanel('contextPanelOpen', id === 'figures');
    if (id !== 'map') select(null);
  };
  return (
    <nav className="phone-tabs" aria-label={texts.tabsLabel}>
      {shown.map(({ id, icon }) => (
        <button
          key={id}
          type="button"
          className="phone-tab"
          aria-current={id === current ? 'page' : undefined}
          onClick={() => open(id)}
        >
          {icon}
          <span>{texts.phoneTabs[id]}</span>
        </button>
      ))}
    </nav>
  );
}
