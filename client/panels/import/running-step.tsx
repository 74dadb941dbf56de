/** The service is at work on the job: what it does, how far it is, and a way to stop it. */
import { Button, Progress } from 'antd';
import type { ImportJob } from '../../../geodata/contract/imports.ts';
import type { JobCommands } from '../../api/imports.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';

export function RunningStep({ job, command }: { job: ImportJob; command: JobCommands }) {
  const { imports } = useTexts();
  const texts = imports.running;
  const cancelling = command.isPending && command.variables?.run === 'cancel';
  return (
    <section className="import-running" aria-busy="true">
      <JobProgress job={job} />
      <p className="quiet">{texts.leave}</p>
      <div className="import-actions">
        <Button disabled={cancelling} onClick={() => command.mutate({ run: 'cancel' })}>
          {cancelling ? texts.cancelling : imports.cancel}
        </Button>
      </div>
    </section>
  );
}

/** The bar keeps its place while nothing is known yet of how much there is. */
export function JobProgress({ job }: { job: ImportJob }) {
  const { running: texts } = useTexts().imports;
  const language = useLanguage();
  const word = useWord();
  const { progress, state } = job;
  const stage = state === 'reading' || state === 'checking' || state === 'importing' ? texts[state] : '';
  const done = progress?.done ?? null;
  const total = progress?.total ?? null;
  const percent = done !== null && total !== null && total > 0 ? Math.min(100, (done / total) * 100) : 0;
  return (
    <div className="import-progress">
      <p role="status">
        <strong>{stage}</strong> {progress && <span className="quiet">{word(progress.text)}</span>}
      </p>
      <Progress
        percent={percent}
        showInfo={false}
        status={total === null ? 'active' : 'normal'}
        aria-label={stage}
      />
      <p className="figure-left quiet">
        {done === null
          ? ' '
          : total === null
            ? formatNumber(done, language)
            : texts.of(formatNumber(done, language), formatNumber(total, language))}
      </p>
    </div>
  );
}
