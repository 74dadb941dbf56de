/** One order: its place in the queue, how far it is, and its file, which the browser saves as soon as it is there. */
import { Button, Progress } from 'antd';
import { useEffect } from 'react';
import type { SheetJob } from '../../../geodata/contract/sheets.ts';
import { isRunning, sheetFileUrl, useCancelSheetJob, useSheetJob } from '../../api/sheets.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { explainFailure } from '../explain-failure.ts';
import { formatFileSize } from '../import/file-size.ts';
import { usePrintState } from './print-state.ts';

export function JobProgress({ id }: { id: string }) {
  const texts = useSheetTexts();
  const allTexts = useTexts();
  const { data: job, error, refetch } = useSheetJob(id);
  const setJob = usePrintState((state) => state.setJob);
  const isDone = job?.state === 'done';
  useEffect(() => {
    if (isDone && usePrintState.getState().handOver(id)) saveFile(id);
  }, [isDone, id]);
  const failure = error && job === undefined ? explainFailure(error, allTexts) : null;
  return (
    <div className="job-progress">
      {job === undefined && failure === null && <p role="status">{texts.job.starting}</p>}
      {failure !== null && (
        <p role="alert" className="alert-ink">
          {failure.what} {failure.todo !== failure.what && failure.todo}
          <button type="button" className="link-button" onClick={() => void refetch()}>
            {allTexts.retry}
          </button>
        </p>
      )}
      {job !== undefined && <JobState job={job} />}
      {(failure !== null || (job !== undefined && !isRunning(job))) && (
        <button type="button" className="link-button" onClick={() => setJob(null)}>
          {texts.job.dismiss}
        </button>
      )}
    </div>
  );
}

function JobState({ job }: { job: SheetJob }) {
  const { job: texts } = useSheetTexts();
  const language = useLanguage();
  const word = useWord();
  const cancel = useCancelSheetJob();
  switch (job.state) {
    case 'queued':
    case 'running': {
      const isSeries = job.pages > 1;
      const words =
        job.state === 'queued'
          ? job.position > 0
            ? texts.queued(formatNumber(job.position, language))
            : texts.starting
          : isSeries
            ? texts.pages(formatNumber(job.pagesDone, language), formatNumber(job.pages, language))
            : texts.running;
      return (
        <>
          <div className="job-running">
            <span role="status">{cancel.isPending ? texts.cancelling : words}</span>
            {isSeries && (
              <Progress
                aria-label={texts.progress}
                size="small"
                percent={Math.round((100 * job.pagesDone) / job.pages)}
              />
            )}
          </div>
          <Button size="small" disabled={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
            {texts.cancel}
          </Button>
        </>
      );
    }
    case 'done':
      return (
        <div className="job-running">
          {job.file && (
            <span role="status" className="job-file">
              {texts.done(job.file.name, formatFileSize(job.file.bytes, language))}
            </span>
          )}
          {job.notices
            .filter(({ severity }) => severity !== 'info')
            .map(({ id, text }) => (
              <span key={`${id} ${text.zh}`} className="quiet">
                {word(text)}
              </span>
            ))}
          <a className="link-button" href={sheetFileUrl(job.id)} download={job.file?.name ?? ''}>
            {texts.save}
          </a>
        </div>
      );
    case 'cancelled':
      return <p role="status">{texts.cancelled}</p>;
    case 'failed':
      return (
        <p role="alert" className="alert-ink">
          {texts.failed}
          {job.problem && `: ${word(job.problem)}`}
        </p>
      );
  }
}

/** Hands the file to the browser, which saves it under the name the service gives. */
function saveFile(id: string): void {
  const link = document.createElement('a');
  link.href = sheetFileUrl(id);
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
