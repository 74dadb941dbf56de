/** Opacity, legend entries, zoom-to, table, lead department and source of one layer. */
import { Button, Slider } from 'antd';
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { isReadable } from '../../api/readable-layer.ts';
import { formatDateShort, formatNumber, writeCount } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { Swatch, swatchForm } from '../../map/legend-swatch.tsx';
import { useAppState } from '../../state/app-state.ts';
import { ClosedNote } from '../account/closed-note.tsx';
import { datasetWords } from '../data/dataset-words.ts';

export function LayerDetails({ layer }: { layer: CatalogueLayer }) {
  const { definition, extent } = layer;
  const texts = useTexts();
  const language = useLanguage();
  const word = useWord();
  const opacity = useAppState((state) => state.opacity[definition.id] ?? 1);
  const mapWorks = useAppState((state) => state.mapSupport !== 'unsupported');
  const { setOpacity, requestView, setPanel, setTableView } = useAppState.getState();
  const title = word(definition.title);
  const loaded = isReadable(layer);
  const sources = new Set(layer.datasets.map((dataset) => datasetWords(layer, dataset, language).source));
  const asOf = layer.datasets.map((dataset) => dataset.asOf).sort();

  return (
    <div className="layer-details">
      {loaded ? (
        <>
          <div className="layer-opacity">
            <span>{texts.layers.opacity}</span>
            <Slider
              min={0}
              max={100}
              step={5}
              value={Math.round(opacity * 100)}
              onChange={(percent) => setOpacity(definition.id, percent / 100)}
              ariaLabelForHandle={texts.layers.opacityOf(title)}
              tooltip={{ open: false }}
            />
            <span className="figure">{Math.round(opacity * 100)}%</span>
          </div>
          <LegendEntries layer={layer} />
          <div className="layer-actions">
            <Button
              size="small"
              disabled={extent === null || !mapWorks}
              onClick={() => extent && requestView({ extent })}
            >
              {texts.layers.zoomTo}
            </Button>
            <Button
              size="small"
              onClick={() => {
                setTableView({ layerId: definition.id, figure: null });
                setPanel('tableOpen', true);
              }}
            >
              {texts.layers.openTable}
            </Button>
          </div>
        </>
      ) : (
        <NothingShown layer={layer} />
      )}
      <p>{word(definition.description)}</p>
      <dl>
        <dt>{texts.layers.lead}</dt>
        <dd>{word(definition.leadDepartment)}</dd>
        {loaded && (
          <>
            <dt>{texts.source}</dt>
            <dd>{[...sources].join(' · ')}</dd>
            {asOf.length > 0 && (
              <>
                <dt>{texts.layers.asOf}</dt>
                <dd>{[...new Set([asOf[0] ?? '', asOf.at(-1) ?? ''])].map(formatDateShort).join(' – ')}</dd>
              </>
            )}
          </>
        )}
      </dl>
      {loaded && layer.datasets.some(({ kind }) => kind === 'sample') && (
        <span className="sample-mark">
          {texts.sampleData} {writeCount(layer.featureCount, word(definition.countUnit), language)}
        </span>
      )}
    </div>
  );
}

function NothingShown({ layer }: { layer: CatalogueLayer }) {
  const { layers: texts, session } = useTexts();
  return layer.state === 'loaded' ? <ClosedNote text={session.closedHint} /> : <p>{texts.notLoadedHint}</p>;
}

function LegendEntries({ layer }: { layer: CatalogueLayer }) {
  const language = useLanguage();
  const word = useWord();
  const { draw, categories } = layer.definition.style;
  if (!categories) return null;
  return (
    <ul className="legend-entries">
      {categories.entries.map((entry) => (
        <li key={entry.id}>
          <Swatch draw={{ ...draw, ...entry.draw }} form={swatchForm(layer.definition)} size={16} />
          <span>{word(entry.title)}</span>
          <span className="figure">{formatNumber(layer.categoryCounts[entry.id] ?? 0, language)}</span>
        </li>
      ))}
    </ul>
  );
}
