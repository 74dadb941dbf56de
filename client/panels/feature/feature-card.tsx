/** The popup of the selected feature: title, fields with units, source, and how to go there. */
import { AimOutlined, CloseOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { useEffect, useId, useRef } from 'react';
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { type FeatureProperties, useFeature } from '../../api/feature.ts';
import { isClosed } from '../../api/readable-layer.ts';
import { RequestError } from '../../api/request.ts';
import { formatDateShort } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { layerDraw, Swatch, swatchForm } from '../../map/legend-swatch.tsx';
import { type FeatureKey, useAppState } from '../../state/app-state.ts';
import { pastDayOf } from '../../state/past-day.ts';
import { ClosedNote } from '../account/closed-note.tsx';
import { datasetWords } from '../data/dataset-words.ts';
import { PositionDoubtBadge } from '../data/position-doubt-badge.tsx';
import { useCountyName, useLayer } from '../loaded-catalogue.ts';
import { RequestNotice } from '../request-notice.tsx';
import { useCloseByEscape } from './close-by-escape.ts';
import { featureTitle, fieldRows } from './feature-fields.ts';

export function FeatureCard({ feature }: { feature: FeatureKey }) {
  const texts = useTexts();
  const word = useWord();
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const layer = useLayer(feature.layerId);
  const closed = layer !== undefined && isClosed(layer);
  const { data, error, refetch } = useFeature(feature, {
    enabled: layer !== undefined && !closed,
    asOf: useAppState((state) => (layer ? pastDayOf(layer.definition, state.asOf) : null)),
  });
  const { select, requestView } = useAppState.getState();
  useCloseByEscape(() => select(null));
  const mapWorks = useAppState((state) => state.mapSupport !== 'unsupported');
  useEffect(() => {
    const before = document.activeElement;
    // A choice on the map or in the search leads on to what it shows; the table keeps its own focus.
    if (before === document.body || before?.closest('.map-area, .search')) {
      heading.current?.focus({ preventScroll: true });
    }
    return () => {
      const focusIsLost = document.activeElement === document.body || document.activeElement === null;
      if (focusIsLost && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  if (layer === undefined) return null;
  const { definition } = layer;
  const title = data ? featureTitle(definition, data.properties, feature.code) : feature.code;
  const gone =
    error instanceof RequestError &&
    error.failure.cause === 'refused' &&
    error.failure.problem.status === 404;

  return (
    // A popup that leaves the rest of the page usable: no modal dialog.
    <div role="dialog" aria-modal={false} aria-labelledby={titleId} className="feature-card">
      <header className="feature-head">
        <Swatch draw={symbolOf(layer, data?.properties)} form={swatchForm(definition)} size={20} />
        <div>
          <h2 id={titleId} ref={heading} tabIndex={-1}>
            {title}
          </h2>
          <p>
            {word(definition.title)}
            {data?.properties.data_kind === 'sample' && (
              <span className="sample-mark">{texts.sampleData}</span>
            )}
          </p>
        </div>
        <button
          type="button"
          className="icon-button"
          aria-label={texts.close}
          title={texts.feature.closeHint}
          onClick={() => select(null)}
        >
          <CloseOutlined />
        </button>
      </header>
      <div className="feature-actions">
        <Button
          icon={<AimOutlined />}
          disabled={!data?.extent || gone || !mapWorks}
          onClick={() => data?.extent && requestView({ extent: data.extent })}
        >
          {texts.feature.zoomTo}
        </Button>
      </div>
      {data && !gone && <Fields layer={layer} properties={data.properties} />}
      {gone && <p className="notice">{texts.feature.gone}</p>}
      {error && !gone && (
        <RequestNotice title={texts.errors.feature} error={error} retry={() => void refetch()} />
      )}
      {closed && <ClosedNote text={texts.session.closedHint} />}
      {!closed && !data && !error && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
    </div>
  );
}

/** The legend entry the feature falls into, over the drawing of its layer. */
function symbolOf({ definition }: CatalogueLayer, properties: FeatureProperties | undefined) {
  const { categories, draw } = definition.style;
  const value = categories && properties?.[categories.field];
  const entry = categories?.entries.find(({ values }) => values.includes(String(value)));
  return entry ? { ...draw, ...entry.draw } : layerDraw(definition);
}

function Fields({ layer, properties }: { layer: CatalogueLayer; properties: FeatureProperties }) {
  const texts = useTexts();
  const language = useLanguage();
  const word = useWord();
  const countyName = useCountyName();
  const rows = fieldRows(layer.definition, properties, { language, countyName });
  const kind = properties.data_kind;
  const datasets = layer.datasets.filter((dataset) => kind === undefined || dataset.kind === kind);
  return (
    <>
      <dl className="feature-fields">
        {rows.map(({ name, title, value }) => (
          <div key={name}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <dl className="feature-source">
        <div>
          <dt>{texts.feature.lead}</dt>
          <dd>{word(layer.definition.leadDepartment)}</dd>
        </div>
        {datasets.map((dataset) => (
          <div key={dataset.id}>
            <dt>{texts.feature.source}</dt>
            <dd>
              {datasetWords(layer, dataset, language).source} · {formatDateShort(dataset.asOf)}{' '}
              <PositionDoubtBadge doubt={dataset.positionDoubt} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
