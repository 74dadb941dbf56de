/** The frame round everything: theme, language, and the catalogue without which nothing is known. */
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { useCatalogue } from '../../api/catalogue.ts';
import { useFollowData, useLiveChanges } from '../../api/follow-data.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { mapCommands } from '../../map/commands.ts';
import { useAppState } from '../../state/app-state.ts';
import { knownParts } from '../../state/known-parts.ts';
import { theme } from '../../theme.ts';
import { CrashBoundary } from '../crash-notice.tsx';
import { LoadedCatalogue } from '../loaded-catalogue.ts';
import { SiteTasks } from '../marking/site-tasks.tsx';
import { RequestNotice } from '../request-notice.tsx';
import { Screen } from './screen.tsx';
import { ScreenSkeleton } from './screen-skeleton.tsx';

export function AppFrame() {
  const language = useLanguage();
  return (
    <ConfigProvider
      theme={theme}
      locale={language === 'zh-CN' ? zhCN : enUS}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      <CrashBoundary>
        <CatalogueFrame />
      </CrashBoundary>
    </ConfigProvider>
  );
}

function CatalogueFrame() {
  const texts = useTexts();
  const language = useLanguage();
  const word = useWord();
  const { data, error, refetch } = useCatalogue();
  useFollowData(mapCommands.reloadFailedLayers);
  useLiveChanges();
  useEffect(() => {
    if (data) useAppState.setState((state) => knownParts(state, data));
  }, [data]);
  const region = data && word(data.region.title);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = region ? `${texts.product} · ${region}` : texts.product;
  }, [language, texts, region]);
  if (data) {
    return (
      <LoadedCatalogue value={data}>
        <Screen />
        <SiteTasks />
      </LoadedCatalogue>
    );
  }
  if (error) {
    return (
      <ScreenSkeleton>
        <RequestNotice title={texts.errors.catalogue} error={error} retry={() => void refetch()} />
      </ScreenSkeleton>
    );
  }
  return <ScreenSkeleton />;
}
