/** The phone's tabs: the map, and what slides up over it. */
import { BarChartOutlined, DatabaseOutlined, EnvironmentOutlined, MenuOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';

type PhoneTab = 'map' | 'layers' | 'figures' | 'data';
const tabs: { id: PhoneTab; icon: ReactNode }[] = [
  { id: 'map', icon: <EnvironmentOutlined /> },
  { id: 'layers', icon: <MenuOutlined /> },
  { id: 'figures', icon: <BarChartOutlined /> },
  { id: 'data', icon: <DatabaseOutlined /> },
];

export function PhoneTabs() {
  const texts = useTexts();
  const current = useAppState(({ tab, layerPanelOpen, contextPanelOpen }): PhoneTab => {
    if (tab === 'data') return 'data';
    if (layerPanelOpen) return 'layers';
    return contextPanelOpen ? 'figures' : 'map';
  });
  const open = (id: PhoneTab) => {
    const { setTab, setPanel, select } = useAppState.getState();
    setTab(id === 'data' ? 'data' : 'map');
    setPanel('layerPanelOpen', id === 'layers');
    setPanel('contextPanelOpen', id === 'figures');
    if (id !== 'map') select(null);
  };
  return (
    <nav className="phone-tabs" aria-label={texts.tabsLabel}>
      {tabs.map(({ id, icon }) => (
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
