/** 数据管理: what has been imported, what is not there yet, and how to import. */
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { can } from '../../../geodata/domain/can.ts';
import { useAccount } from '../../api/session.ts';
import { useTexts, useWord } from '../../i18n/text.ts';
import { NEW_IMPORT, useAppState } from '../../state/app-state.ts';
import { CrashBoundary } from '../crash-notice.tsx';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { DatasetList } from './dataset-list.tsx';
import { ImportHelp } from './import-help.tsx';
import { ImportHistory } from './import-history.tsx';

const ImportPage = lazy(() => import('../import/import-page.tsx'));

export default function DataPage() {
  const { loading } = useTexts();
  const importJob = useAppState((state) => state.importJob);
  if (importJob === null) return <DataOverview />;
  return (
    <CrashBoundary>
      <Suspense fallback={<p role="status">{loading}</p>}>
        <ImportPage importJob={importJob} />
      </Suspense>
    </CrashBoundary>
  );
}

function DataOverview() {
  const texts = useTexts();
  const word = useWord();
  const { layers } = useLoadedCatalogue();
  const setImportJob = useAppState((state) => state.setImportJob);
  const mayImport = can(useAccount(), 'import');
  const missing = layers.filter(({ state }) => state === 'not-loaded');
  return (
    <div className="data-page">
      <header className="data-head">
        <h1>{texts.data.title}</h1>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setImportJob(NEW_IMPORT)}>
          {texts.imports.start}
        </Button>
      </header>
      <p className="quiet">{texts.data.intro}</p>
      <h2>{texts.data.datasets}</h2>
      <DatasetList />
      {mayImport && <ImportHistory />}
      {missing.length > 0 && (
        <section aria-label={texts.data.notLoaded}>
          <h2>{texts.data.notLoaded}</h2>
          <ul className="missing-layers">
            {missing.map(({ definition }) => (
              <li key={definition.id}>
                {word(definition.title)} <span className="quiet">{word(definition.leadDepartment)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <ImportHelp />
    </div>
  );
}
