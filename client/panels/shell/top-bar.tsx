/** Name and bureau, tabs, search, the date of the data, the language, who is asking. */
import { SearchOutlined } from '@ant-design/icons';
import { lazy, Suspense, useState } from 'react';
import { useAccount } from '../../api/session.ts';
import { useTexts, useWord } from '../../i18n/text.ts';
import { type TabId, useAppState } from '../../state/app-state.ts';
import { UserMenu } from '../account/user-menu.tsx';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { SearchBox } from '../search/search-box.tsx';
import { useWindowWidth } from '../window-width.ts';
import { mayAdminister, workLevelOf } from '../work-list/work-level.ts';
import { DataDateChip } from './data-date-chip.tsx';

const WorkHome = lazy(() => import('../work-list/work-home.tsx'));

const tabs: TabId[] = ['map', 'remediation', 'print', 'data', 'admin'];

export function TopBar() {
  const texts = useTexts();
  const word = useWord();
  const { region } = useLoadedCatalogue();
  const phone = useWindowWidth() === 'phone';
  const hasWork = workLevelOf(useAccount()) !== null;
  const [searching, setSearching] = useState(false);
  const language = useAppState((state) => state.language);
  const setLanguage = useAppState((state) => state.setLanguage);
  return (
    <header className="top-bar">
      <button type="button" className="skip-link" onClick={() => document.getElementById('main')?.focus()}>
        {texts.skipToMain}
      </button>
      <h1 className="brand">
        {texts.product} <small>{word(region.bureau)}</small>
      </h1>
      {!phone && <TabBar />}
      {!phone && <SearchBox />}
      <DataDateChip />
      {phone && (
        <button
          type="button"
          className="icon-button"
          aria-label={texts.search.label}
          aria-expanded={searching}
          onClick={() => setSearching(!searching)}
        >
          <SearchOutlined />
        </button>
      )}
      <button
        type="button"
        className="language-button"
        lang={language === 'zh-CN' ? 'en' : 'zh-CN'}
        title={texts.switchLanguage.label}
        onClick={() => setLanguage(language === 'zh-CN' ? 'en' : 'zh-CN')}
      >
        {texts.switchLanguage.short}
      </button>
      {hasWork && (
        <Suspense>
          <WorkHome />
        </Suspense>
      )}
      <UserMenu />
      {phone && searching && (
        <div className="phone-search">
          <SearchBox focusAtOnce chosen={() => setSearching(false)} />
        </div>
      )}
    </header>
  );
}

function TabBar() {
  const texts = useTexts();
  const account = useAccount();
  const current = useAppState((state) => state.tab);
  const setTab = useAppState((state) => state.setTab);
  return (
    <nav className="tab-bar" aria-label={texts.tabsLabel}>
      {tabs
        .filter((tab) => tab !== 'admin' || mayAdminister(account))
        .map((tab) => (
          <button
            key={tab}
            type="button"
            className="tab"
            aria-current={tab === current ? 'page' : undefined}
            onClick={() => setTab(tab)}
          >
            {texts.tabs[tab]}
          </button>
        ))}
    </nav>
  );
}
