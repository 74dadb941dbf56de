/** 对照字段: into which layer, in which way, and which column feeds which field. */
import { Button, Radio, Select } from 'antd';
import { useId, useMemo, useState } from 'react';
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import type { ImportMode } from '../../../geodata/contract/imports.ts';
import { joinWords, writeCount } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { useLayer, useLoadedCatalogue } from '../loaded-catalogue.ts';
import { checkMapping, type Mapping, startMapping } from './field-mapping.ts';
import { holdsSample, modesFor } from './import-effects.ts';
import type { StepProps } from './inspect-step.tsx';
import { MappingTable } from './mapping-table.tsx';
import { ProfileBar } from './profile-bar.tsx';

export function MapStep(props: StepProps) {
  const { job, inspection } = props;
  const { map: texts } = useTexts().imports;
  const word = useWord();
  const labelId = useId();
  const { layers } = useLoadedCatalogue();
  const [layerId, setLayerId] = useState(job.settings.layerId ?? inspection.suggestedLayerId ?? null);
  const layer = useLayer(layerId ?? '');
  return (
    <div className="import-map">
      <div className="map-line">
        <span id={labelId} className="field-label">
          {texts.layer}
        </span>
        <Select
          aria-labelledby={labelId}
          className="layer-select"
          value={layerId}
          placeholder={texts.layerPlaceholder}
          onChange={setLayerId}
          options={layers.map(({ definition }) => ({
            value: definition.id,
            label:
              definition.id === inspection.suggestedLayerId
                ? `${word(definition.title)} · ${texts.suggested}`
                : word(definition.title),
          }))}
        />
      </div>
      {layer === undefined ? (
        <div className="import-actions">{props.giveUp}</div>
      ) : (
        <MappingOfLayer key={layer.definition.id} layer={layer} {...props} />
      )}
    </div>
  );
}

function MappingOfLayer({
  layer,
  job,
  inspection,
  command,
  goTo,
  giveUp,
}: StepProps & { layer: CatalogueLayer }) {
  const { imports } = useTexts();
  const texts = imports.map;
  const language = useLanguage();
  const word = useWord();
  const { definition } = layer;
  const modes = modesFor(layer);
  const [mode, setMode] = useState<ImportMode>(
    modes.find((candidate) => candidate === job.settings.mode) ?? 'replace',
  );
  const [mapping, setMapping] = useState<Mapping>(() => startMapping(definition, inspection, job.settings));
  const check = useMemo(
    () => checkMapping(definition, mapping, inspection.columns),
    [definition, mapping, inspection.columns],
  );
  const next = () =>
    command.mutate(
      { run: 'set', settings: { layerId: definition.id, mode, mapping } },
      { onSuccess: () => goTo('confirm') },
    );
  return (
    <>
      <ModeChoice layer={layer} mode={mode} modes={modes} choose={setMode} />
      <div className="section-line">
        <h2>{texts.table}</h2>
        <ProfileBar
          definition={definition}
          mapping={mapping}
          columns={inspection.columns}
          apply={setMapping}
        />
      </div>
      <MappingTable definition={definition} inspection={inspection} mapping={mapping} change={setMapping} />
      <div className="mapping-notes">
        {check.missing.length > 0 && (
          <p className="alert-ink" role="alert">
            {texts.missingRequired(
              joinWords(
                check.missing.map(({ title }) => word(title)),
                language,
              ),
            )}
          </p>
        )}
        {check.withoutCode && <p className="caution">{texts.withoutCode}</p>}
        {check.doubled.length > 0 && (
          <p className="caution">{texts.doubled(joinWords(check.doubled, language))}</p>
        )}
        {check.unused.length > 0 && (
          <p className="quiet">{texts.unused(joinWords(check.unused, language))}</p>
        )}
      </div>
      <div className="import-actions">
        <Button type="primary" disabled={check.missing.length > 0} loading={command.isPending} onClick={next}>
          {imports.next}
        </Button>
        <Button onClick={() => goTo('inspect')}>{imports.previous}</Button>
        {giveUp}
      </div>
    </>
  );
}

function ModeChoice(props: {
  layer: CatalogueLayer;
  mode: ImportMode;
  modes: readonly ImportMode[];
  choose: (mode: ImportMode) => void;
}) {
  const { map: texts } = useTexts().imports;
  const language = useLanguage();
  const word = useWord();
  const { layer, mode, modes } = props;
  const standing = writeCount(layer.featureCount, word(layer.definition.countUnit), language);
  return (
    <fieldset className="mode-choice">
      <legend className="field-label">{texts.mode}</legend>
      <Radio.Group
        value={mode}
        aria-label={texts.mode}
        onChange={(event) => props.choose(event.target.value as ImportMode)}
        options={modes.map((value) => ({ value, label: texts.modes[value] }))}
      />
      <p className="quiet">
        {layer.featureCount === 0 ? texts.nothingStands : texts.modeWords[mode](standing)}
        {holdsSample(layer) && ` ${texts.overSample}`}
      </p>
    </fieldset>
  );
}
