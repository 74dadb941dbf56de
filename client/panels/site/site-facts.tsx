/** 基本情况: unit, progress, the four areas each with its source, dates and document numbers, and all fields of the layer. */
import { Skeleton } from 'antd';
import { useState } from 'react';
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { useFeature } from '../../api/feature.ts';
import {
  formatArea,
  formatDateShort,
  formatFieldValue,
  formatNumber,
  formatShare,
  writeQuantity,
} from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { datasetWords } from '../data/dataset-words.ts';
import { PositionDoubtBadge } from '../data/position-doubt-badge.tsx';
import { fieldRows } from '../feature/feature-fields.ts';
import { useCountyName, useLayer } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';

const stateFields = [
  'startedOn',
  'completedOn',
  'acceptedOn',
  'aftercareUntil',
  'recognitionNumber',
  'approvalNumber',
  'acceptanceDocument',
  'closingNumber',
  'handoverNumber',
] as const;

export function SiteFacts({ site }: { site: MineSite }) {
  const { site: texts } = useMarkingTexts();
  const language = useLanguage();
  const { state, reportingUnit: unit } = site;
  const percent = state.progressPercent;
  const layer = useLayer(MINE_LAYER);
  const liabilityField = layer?.definition.fields.find(({ name }) => name === 'liability');
  const liability = liabilityField && formatFieldValue(liabilityField, site.liability, language);
  return (
    <section className="site-part" aria-label={texts.facts}>
      <h3>{texts.facts}</h3>
      <dl className="feature-fields">
        <div>
          <dt>{texts.unit}</dt>
          <dd>{unit === null ? texts.noUnit : language === 'zh-CN' ? unit.name : unit.nameEn}</dd>
        </div>
        <div>
          <dt>{texts.code}</dt>
          <dd>{site.code}</dd>
        </div>
        {site.liability !== null && (
          <div>
            <dt>{texts.liability}</dt>
            <dd>{liability}</dd>
          </div>
        )}
      </dl>
      {percent !== null && (
        <div className="bar-figure">
          <div className="bar-words">
            <span>{texts.progress}</span>
            <b className="figure">{formatNumber(percent, language, 1)}%</b>
          </div>
          <div className="bar bar-thick">
            <span style={{ width: `${Math.min(100, percent)}%` }} />
          </div>
        </div>
      )}
      <Areas site={site} />
      <dl className="feature-fields">
        {stateFields.map((name) =>
          state[name] === null ? null : (
            <div key={name}>
              <dt>{texts[name]}</dt>
              <dd>{state[name]}</dd>
            </div>
          ),
        )}
      </dl>
      <AllFields code={site.code} />
      <Source kind={site.dataKind} />
    </section>
  );
}

function Areas({ site }: { site: MineSite }) {
  const { site: texts } = useMarkingTexts();
  const language = useLanguage();
  const { state, declaredAreaSquareMeters: declared } = site;
  const hectares = (area: number | null) =>
    area === null ? '—' : writeQuantity(formatArea(area, 'ha', language));
  const treated = state.treatedAreaSquareMeters;
  const rows = [
    {
      title: texts.declared,
      area: declared,
      source: texts.sources.declared,
    },
    { title: texts.measured, area: site.measuredAreaSquareMeters, source: texts.sources.measured },
    {
      title: texts.treated,
      area: treated,
      source:
        treated !== null && declared !== null
          ? `${texts.ofDeclared(formatShare(treated, declared, language))} · ${texts.sources.treated}`
          : texts.sources.treated,
    },
    {
      title: texts.accepted,
      area: state.acceptedAreaSquareMeters,
      source:
        state.acceptedAreaSquareMeters === null
          ? ''
          : state.acceptanceDocument === null
            ? texts.sources.acceptedUnknown
            : texts.sources.accepted(state.acceptanceDocument),
    },
  ];
  return (
    <dl className="site-areas" aria-label={texts.areas}>
      {rows.map(({ title, area, source }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd className="figure">{hectares(area)}</dd>
          {source !== '' && <dd className="quiet site-source">{source}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** Whose layer it is, and where its sites come from as of when. */
function Source({ kind }: { kind: MineSite['dataKind'] }) {
  const texts = useTexts();
  const language = useLanguage();
  const word = useWord();
  const layer = useLayer(MINE_LAYER);
  if (layer === undefined) return null;
  const { definition, datasets } = layer;
  return (
    <dl className="feature-source">
      <div>
        <dt>{texts.data.columns.layer}</dt>
        <dd>{word(definition.title)}</dd>
      </div>
      <div>
        <dt>{texts.feature.lead}</dt>
        <dd>{word(definition.leadDepartment)}</dd>
      </div>
      {datasets
        .filter((dataset) => dataset.kind === kind)
        .map((dataset) => (
          <div key={dataset.id}>
            <dt>{texts.feature.source}</dt>
            <dd>
              {datasetWords(layer, dataset, language).source} · {formatDateShort(dataset.asOf)}{' '}
              <PositionDoubtBadge doubt={dataset.positionDoubt} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** Everything the layer knows of the site; asked for when it is opened. */
function AllFields({ code }: { code: string }) {
  const { site: texts } = useMarkingTexts();
  const [open, setOpen] = useState(false);
  return (
    <details className="mark-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.allFields}</summary>
      {open && <LayerFields code={code} />}
    </details>
  );
}

function LayerFields({ code }: { code: string }) {
  const language = useLanguage();
  const countyName = useCountyName();
  const layer = useLayer(MINE_LAYER);
  const { data } = useFeature({ layerId: MINE_LAYER, code }, { enabled: true, asOf: null });
  if (layer === undefined || data === undefined) {
    return <Skeleton active title={false} paragraph={{ rows: 6 }} />;
  }
  return (
    <dl className="feature-fields">
      {fieldRows(layer.definition, data.properties, { language, countyName }).map(
        ({ name, title, value }) => (
          <div key={name}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
