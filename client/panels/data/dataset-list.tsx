/** Imported data: what, from where, as of when, how many; the same list in 数据管理 and in 数据说明. */
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { isClosed } from '../../api/readable-layer.ts';
import { formatDateShort, joinWords, writeCount } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { layerDraw, Swatch, swatchForm } from '../../map/legend-swatch.tsx';
import { ClosedNote } from '../account/closed-note.tsx';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { datasetWords } from './dataset-words.ts';
import { PositionDoubtBadge } from './position-doubt-badge.tsx';

type Dataset = CatalogueLayer['datasets'][number];

export function DatasetList() {
  return (
    <>
      <Datasets />
      <ClosedLayers />
    </>
  );
}

/** Layers whose datasets are not told to this reader, so that nobody takes them for missing. */
function ClosedLayers() {
  const { session } = useTexts();
  const language = useLanguage();
  const word = useWord();
  const closed = useLoadedCatalogue().layers.filter(isClosed);
  if (closed.length === 0) return null;
  const titles = closed.map(({ definition }) => word(definition.title));
  return <ClosedNote text={session.closed(joinWords(titles, language))} />;
}

function Datasets() {
  const { data: texts } = useTexts();
  const { layers } = useLoadedCatalogue();
  const { columns } = texts;
  const rows = layers.flatMap((layer) => layer.datasets.map((dataset) => ({ layer, dataset })));
  if (rows.length === 0) return <p className="quiet">{texts.none}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls sideways must be reached by keys
    <section className="dataset-scroll" tabIndex={0} aria-label={texts.datasets}>
      <table className="dataset-table">
        <thead>
          <tr>
            <th scope="col">{columns.layer}</th>
            <th scope="col">{columns.title}</th>
            <th scope="col">{columns.kind}</th>
            <th scope="col">{columns.asOf}</th>
            <th scope="col" className="figure">
              {columns.count}
            </th>
            <th scope="col">{columns.source}</th>
            <th scope="col">{columns.file}</th>
            <th scope="col">{columns.classification}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ layer, dataset }) => (
            <DatasetRow key={`${layer.definition.id}/${dataset.id}`} layer={layer} dataset={dataset} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function DatasetRow({ layer, dataset }: { layer: CatalogueLayer; dataset: Dataset }) {
  const texts = useTexts();
  const language = useLanguage();
  const word = useWord();
  const { definition } = layer;
  const { columns } = texts.data;
  const words = datasetWords(layer, dataset, language);
  const read = [dataset.sourceCrs, dataset.sourceEncoding].filter((part) => part !== null).join(' / ');
  return (
    <tr>
      <th scope="row">
        <Swatch draw={layerDraw(definition)} form={swatchForm(definition)} size={14} />{' '}
        {word(definition.title)}
      </th>
      <td data-title={columns.title}>
        {words.title} <PositionDoubtBadge doubt={dataset.positionDoubt} />
      </td>
      <td data-title={columns.kind}>
        <span className={dataset.kind === 'sample' ? 'sample-mark' : undefined}>
          {texts.data.kinds[dataset.kind]}
        </span>
      </td>
      <td className="figure-left" data-title={columns.asOf}>
        {formatDateShort(dataset.asOf)}
      </td>
      <td className="figure" data-title={columns.count}>
        {writeCount(dataset.featureCount, word(definition.countUnit), language)}
      </td>
      <td data-title={columns.source}>{words.source}</td>
      <td data-title={columns.file}>
        {dataset.sourceFile ?? texts.data.generated}
        {read !== '' && <small>{read}</small>}
      </td>
      <td data-title={columns.classification}>{texts.classification[dataset.classification]}</td>
    </tr>
  );
}
