/** 数据管理: what has been imported, what is not there yet, and how to import. */
import { useTexts, useWord } from '../../i18n/text.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { DatasetList } from './dataset-list.tsx';
import { ImportHelp } from './import-help.tsx';

export default function DataPage() {
  const texts = useTexts();
  const word = useWord();
  const { layers } = useLoadedCatalogue();
  const missing = layers.filter(({ state }) => state === 'not-loaded');
  return (
    <div className="data-page">
      <h1>{texts.data.title}</h1>
      <p className="quiet">{texts.data.intro}</p>
      <h2>{texts.data.datasets}</h2>
      <DatasetList />
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
