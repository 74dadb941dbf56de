/** What was imported, newest first, with what became of it; only for those who may import. */
import { Skeleton } from 'antd';
import type { ImportedDataset, ImportJob } from '../../../geodata/contract/imports.ts';
import { useDiscardJob, useImports } from '../../api/imports.ts';
import { formatDateShort, writeCount } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { useLayer } from '../loaded-catalogue.ts';
import { RequestNotice } from '../request-notice.tsx';
import { TakeBack } from './take-back.tsx';

export function ImportHistory() {
  const { history: texts } = useTexts().imports;
  const { data, error, refetch } = useImports(true);
  if (data === undefined) {
    return error ? (
      <RequestNotice title={texts.failed} error={error} retry={() => void refetch()} />
    ) : (
      <Skeleton active title={false} paragraph={{ rows: 3 }} />
    );
  }
  const open = data.jobs.filter(({ state }) => state !== 'done' && state !== 'cancelled');
  const imported = data.datasets.filter(({ kind }) => kind === 'official');
  return (
    <>
      {open.length > 0 && <OpenJobs jobs={open} />}
      <h2>{texts.title}</h2>
      {imported.length === 0 ? <p className="quiet">{texts.none}</p> : <HistoryTable datasets={imported} />}
    </>
  );
}

function OpenJobs({ jobs }: { jobs: ImportJob[] }) {
  const { history: texts } = useTexts().imports;
  const setImportJob = useAppState((state) => state.setImportJob);
  const discard = useDiscardJob();
  return (
    <section aria-label={texts.running}>
      <h2>{texts.running}</h2>
      <ul className="open-jobs">
        {jobs.map((job) => (
          <li key={job.id}>
            <span className="open-job-name">{job.fileNames.join(', ')}</span>
            <span className={job.state === 'failed' ? 'alert-ink' : 'quiet'}>
              {texts.jobStates[job.state]}
            </span>
            <button type="button" className="link-button" onClick={() => setImportJob(job.id)}>
              {job.state === 'failed' ? texts.look : texts.open}
            </button>
            {job.state === 'failed' && (
              <button
                type="button"
                className="link-button"
                disabled={discard.isPending}
                onClick={() => discard.mutate(job.id)}
              >
                {texts.discard}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function HistoryTable({ datasets }: { datasets: ImportedDataset[] }) {
  const { history: texts } = useTexts().imports;
  const { columns } = texts;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls sideways must be reached by keys
    <section className="dataset-scroll" tabIndex={0} aria-label={texts.title}>
      <table className="dataset-table">
        <thead>
          <tr>
            <th scope="col">{columns.layer}</th>
            <th scope="col">{columns.data}</th>
            <th scope="col">{columns.state}</th>
            <th scope="col">{columns.importedAt}</th>
            <th scope="col">{columns.asOf}</th>
            <th scope="col" className="figure">
              {columns.count}
            </th>
            <th scope="col">{columns.action}</th>
          </tr>
        </thead>
        <tbody>
          {datasets.map((dataset) => (
            <HistoryRow key={dataset.id} dataset={dataset} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function HistoryRow({ dataset }: { dataset: ImportedDataset }) {
  const { history: texts, map } = useTexts().imports;
  const language = useLanguage();
  const word = useWord();
  const layer = useLayer(dataset.layerId);
  const { columns } = texts;
  const unit = layer ? word(layer.definition.countUnit) : '';
  return (
    <tr className={dataset.state === 'current' ? undefined : 'history-past'}>
      <th scope="row">{layer ? word(layer.definition.title) : dataset.layerId}</th>
      <td data-title={columns.data}>
        {dataset.title}
        {dataset.fileName !== null && dataset.fileName !== dataset.title && <small>{dataset.fileName}</small>}
      </td>
      <td data-title={columns.state}>
        <span>
          <span className={`state-mark state-mark-${dataset.state}`}>{texts.states[dataset.state]}</span>{' '}
          <span className="quiet">{map.modes[dataset.mode]}</span>
        </span>
      </td>
      <td className="figure-left" data-title={columns.importedAt}>
        {formatDateShort(dataset.createdAt)}
      </td>
      <td className="figure-left" data-title={columns.asOf}>
        {formatDateShort(dataset.asOf)}
      </td>
      <td className="figure" data-title={columns.count}>
        {writeCount(dataset.featureCount, unit, language)}
      </td>
      <td data-title={columns.action}>
        {dataset.state === 'current' ? <TakeBack dataset={dataset} size="small" /> : '—'}
      </td>
    </tr>
  );
}
