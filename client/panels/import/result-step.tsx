/** 入库结果: the report of a finished import, on screen and as a file; on to the map, or back out of it. */
import { CheckCircleFilled } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect } from 'react';
import type { ImportJob, ImportReport } from '../../../geodata/contract/imports.ts';
import { importsKey, importUrl, useImports } from '../../api/imports.ts';
import { formatDateShort, formatNumber, writeCount } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { NEW_IMPORT, useAppState } from '../../state/app-state.ts';
import { TakeBack } from '../data/take-back.tsx';
import { switchOf } from '../layers/layer-list.ts';
import { useLayer } from '../loaded-catalogue.ts';
import { ReportCounts } from './report-counts.tsx';
import { ReportRows } from './report-rows.tsx';
import { WordList } from './word-list.tsx';

export function ResultStep({ job }: { job: ImportJob }) {
  const { report } = job;
  useRefreshOnce();
  return report && <Result job={job} report={report} />;
}

/** The layer has changed: the page need not wait until it notices by itself. */
function useRefreshOnce() {
  const client = useQueryClient();
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ['catalogue'] });
    void client.invalidateQueries({ queryKey: importsKey });
  }, [client]);
}

function Result({ job, report }: { job: ImportJob; report: ImportReport }) {
  const { imports } = useTexts();
  const texts = imports.result;
  const language = useLanguage();
  const word = useWord();
  const layer = useLayer(report.layerId);
  const datasets = useImports(true).data?.datasets;
  const dataset = datasets?.find(({ id }) => id === report.datasetId);
  const unit = layer ? word(layer.definition.countUnit) : '';
  const isTakenBack = dataset?.state === 'taken-back';
  const { setTab, setImportJob, setVisible, requestView, select } = useAppState.getState();
  const showOnMap = () => {
    if (layer === undefined) return;
    setImportJob(null);
    select(null);
    setVisible(layer.definition.id, switchOf(layer, true));
    setTab('map');
    const { extent } = layer;
    if (extent) requestAnimationFrame(() => requestView({ extent }));
  };
  return (
    <div className="import-result">
      <div className="result-head" role="status">
        <CheckCircleFilled className="crs-taken" aria-hidden="true" />
        <div>
          <h2>
            {texts.done(
              writeCount(report.featureCount, unit, language),
              layer ? word(layer.definition.title) : report.layerId,
            )}
          </h2>
          <p className="quiet">
            {isTakenBack ? texts.takenBack : texts.doneDetail}
            {job.problemCount > 0 && ` ${texts.skipped(formatNumber(job.problemCount, language))}`}
          </p>
        </div>
      </div>
      <div className="import-actions">
        <Button type="primary" disabled={!layer?.extent || isTakenBack} onClick={showOnMap}>
          {texts.onMap}
        </Button>
        <Button href={importUrl(job.id, '/report')} download={`${report.layerId}-${report.asOf}.json`}>
          {texts.download}
        </Button>
        <Button onClick={() => setImportJob(NEW_IMPORT)}>{texts.another}</Button>
        {dataset && !isTakenBack && <TakeBack dataset={dataset} size="medium" />}
      </div>
      <ReportCounts job={job} report={report} />
      <WordList title={imports.inspect.warnings} words={report.warnings} tone="warning" />
      <WordList title={imports.inspect.assumptions} words={report.assumptions} />
      <ReportRows job={job} />
      <h2>{texts.facts}</h2>
      <ReportFacts report={report} />
    </div>
  );
}

function ReportFacts({ report }: { report: ImportReport }) {
  const texts = useTexts();
  const { imports } = texts;
  const { result: titles } = imports;
  const word = useWord();
  const layer = useLayer(report.layerId);
  const fieldTitle = (name: string) => {
    const field = layer?.definition.fields.find((candidate) => candidate.name === name);
    return field ? word(field.title) : name;
  };
  const facts: [title: string, value: string][] = [
    [titles.mode, imports.map.modes[report.mode]],
    [titles.file, `${report.file} · ${report.part}`],
    [titles.asOf, formatDateShort(report.asOf)],
    [titles.classification, texts.classification[report.classification]],
    [titles.crs, word(report.crs.name) + (report.crs.srid === null ? '' : ` EPSG:${report.crs.srid}`)],
    [titles.encoding, report.encoding ?? imports.inspect.encodingOwn],
    [
      titles.columns,
      Object.entries(report.columns)
        .map(([name, column]) => `${fieldTitle(name)} ← ${column}`)
        .join(' · '),
    ],
    [titles.unused, report.unusedColumns.join(', ') || '—'],
    ['SHA-256', report.sha256],
  ];
  return (
    <dl className="fact-list report-facts">
      {facts.map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
