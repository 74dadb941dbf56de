/** How to bring in a file: the very command, for the layer one picks. */
import { Select } from 'antd';
import { useState } from 'react';
import { formatDateShort } from '../../i18n/format.ts';
import { useTexts, useWord } from '../../i18n/text.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { CommandLine } from './command-line.tsx';

export function ImportHelp() {
  const { data: texts } = useTexts();
  const word = useWord();
  const { layers, hasSampleData } = useLoadedCatalogue();
  const today = formatDateShort(new Date().toISOString());
  // The sample is loaded into an empty database only.
  const sampleMatters = hasSampleData || layers.every(({ state }) => state === 'not-loaded');
  const [layerId, setLayerId] = useState(MINE_LAYER);
  return (
    <section className="import-help" aria-label={texts.importTitle}>
      <h2>{texts.importTitle}</h2>
      <div className="import-layer">
        <span>{texts.importLayer}</span>
        <Select
          aria-label={texts.importLayer}
          value={layerId}
          onChange={setLayerId}
          popupMatchSelectWidth={false}
          options={layers.map(({ definition }) => ({ value: definition.id, label: word(definition.title) }))}
        />
      </div>
      <p>{texts.importSteps}</p>
      <CommandLine
        command={`npm run import -- data.zip --layer ${layerId} --as-of ${today} --classification internal`}
      />
      <p className="quiet">{texts.importNote}</p>
      {sampleMatters && (
        <>
          <h2>{texts.sampleTitle}</h2>
          <p>{hasSampleData ? texts.sampleClear : texts.sampleLoad}</p>
          <CommandLine command={hasSampleData ? 'npm run sample -- --clear' : 'npm run sample -- --load'} />
        </>
      )}
    </section>
  );
}
