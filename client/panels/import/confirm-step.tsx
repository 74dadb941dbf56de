/** 确认: what the data is called and as of when, what the check found row by row, and what will change. */
import { Button, Checkbox } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { ImportJob, ImportReport } from '../../../geodata/contract/imports.ts';
import { formatNumber, writeCount } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { useLayer, useLoadedCatalogue } from '../loaded-catalogue.ts';
import { type AboutData, aboutOf, settingsOf } from './about-data.ts';
import { AboutForm } from './about-form.tsx';
import { holdsSample, layersClosedBy } from './import-effects.ts';
import type { StepProps } from './inspect-step.tsx';
import { ReportCounts } from './report-counts.tsx';
import { ReportRows } from './report-rows.tsx';
import { JobProgress } from './running-step.tsx';
import { WordList } from './word-list.tsx';

export function ConfirmStep({ job, inspection, command, goTo, giveUp }: StepProps) {
  const { imports } = useTexts();
  const texts = imports.confirm;
  const language = useLanguage();
  const layer = useLayer(job.settings.layerId ?? '');
  const [about, setAbout] = useState<AboutData>(() => aboutOf(job.settings, inspection, layer));
  const [skip, setSkip] = useState(job.settings.skipRejected ?? false);
  const [asked, setAsked] = useState(false);
  const checking = job.state === 'checking';
  const busy = checking || command.isPending;
  const settings = settingsOf(about, inspection, skip);
  const isComplete = about.classification !== null;
  const check = () => {
    setAsked(true);
    if (isComplete) command.mutate({ run: 'check', settings });
  };
  useCheckOnce(job.state === 'inspected' && isComplete && !command.isPending, check);
  const report = job.state === 'checked' ? job.report : null;
  const start = () => {
    setAsked(true);
    if (isComplete) command.mutate({ run: 'start', settings });
  };
  const blocked = job.problemCount > 0 && !skip;
  return (
    <div className="import-confirm">
      <div className="confirm-columns">
        <section aria-label={texts.about}>
          <h2>{texts.about}</h2>
          <AboutForm
            about={about}
            fileDay={inspection.fileDay}
            missing={asked && !isComplete}
            disabled={busy}
            change={setAbout}
          />
        </section>
        <section aria-label={texts.check} aria-busy={busy} className="check-result">
          <h2>{texts.check}</h2>
          {checking && <JobProgress job={job} />}
          {!checking && report === null && <p className="quiet">{texts.notChecked}</p>}
          {report && <CheckResult job={job} report={report} />}
          {report && job.problemCount > 0 && report.featureCount > 0 && (
            <div className="skip-choice">
              <Checkbox checked={skip} disabled={busy} onChange={(event) => setSkip(event.target.checked)}>
                {texts.skip(formatNumber(job.problemCount, language))}
              </Checkbox>
              <p className="quiet">{texts.skipHint}</p>
            </div>
          )}
          {report?.featureCount === 0 && <p className="alert-ink">{texts.allRejected}</p>}
        </section>
      </div>
      {report && <ReportRows job={job} />}
      <div className="import-actions">
        {report ? (
          <Button
            type="primary"
            disabled={blocked || report.featureCount === 0}
            loading={command.isPending}
            onClick={start}
          >
            {texts.start}
          </Button>
        ) : (
          <Button type="primary" loading={busy} onClick={check}>
            {imports.map.toCheck}
          </Button>
        )}
        {checking ? (
          <Button onClick={() => command.mutate({ run: 'cancel' })}>{texts.stopCheck}</Button>
        ) : (
          <Button disabled={busy} onClick={() => goTo('map')}>
            {imports.previous}
          </Button>
        )}
        {!checking && giveUp}
      </div>
    </div>
  );
}

/** Runs when the step is reached with nothing left to choose; afterwards only by the button. */
function useCheckOnce(ready: boolean, check: () => void): void {
  const done = useRef(false);
  const latest = useRef(check);
  latest.current = check;
  const wasReady = useRef(ready);
  useEffect(() => {
    if (done.current || !wasReady.current) return;
    done.current = true;
    latest.current();
  }, []);
}

function CheckResult({ job, report }: { job: ImportJob; report: ImportReport }) {
  const { imports } = useTexts();
  const texts = imports.confirm;
  const language = useLanguage();
  const word = useWord();
  const layer = useLayer(report.layerId);
  const unit = layer ? word(layer.definition.countUnit) : '';
  return (
    <>
      <p className="figure-left">
        {texts.goodRows(
          formatNumber(report.rowCount, language),
          writeCount(report.featureCount, unit, language),
        )}
      </p>
      <ReportCounts job={job} report={report} />
      <Effects report={report} />
      <WordList title={imports.inspect.warnings} words={report.warnings} tone="warning" />
      <WordList title={imports.inspect.assumptions} words={report.assumptions} />
    </>
  );
}

function Effects({ report }: { report: ImportReport }) {
  const { confirm: texts } = useTexts().imports;
  const language = useLanguage();
  const word = useWord();
  const { layers } = useLoadedCatalogue();
  const layer = useLayer(report.layerId);
  if (layer === undefined) return null;
  const title = word(layer.definition.title);
  const [first, second] = layersClosedBy(report.layerId, layers);
  const sentences = [
    ...(report.mode !== 'replace' || layer.featureCount === 0
      ? []
      : holdsSample(layer)
        ? [texts.replacesSample(title)]
        : [texts.replaces(writeCount(layer.featureCount, word(layer.definition.countUnit), language))]),
    ...(first === undefined
      ? []
      : second === undefined
        ? [texts.closes(word(first.title))]
        : [texts.closesBoth(word(first.title), word(second.title))]),
    ...(report.positionDoubt === null ? [] : [texts.doubt]),
    texts.canTakeBack,
  ];
  return (
    <section className="word-list word-list-effects" aria-label={texts.effects}>
      <h3>{texts.effects}</h3>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
