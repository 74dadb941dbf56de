/** 预检: what the file is and says, what had to be assumed and how to change it, and where it lies. */
import { Button } from 'antd';
import { lazy, type ReactNode, Suspense } from 'react';
import type { ImportJob, Inspection } from '../../../geodata/contract/imports.ts';
import type { JobCommands } from '../../api/imports.ts';
import { isReadable } from '../../api/readable-layer.ts';
import { formatDegrees, formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { CrashBoundary } from '../crash-notice.tsx';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { CrsChoice } from './crs-choice.tsx';
import { InspectionFacts } from './inspection-facts.tsx';
import { SampleRows } from './sample-rows.tsx';
import { isSettled, type WizardStep } from './wizard-steps.ts';
import { WordList } from './word-list.tsx';

const ExtentMap = lazy(() =>
  import('../../map/ExtentMap.tsx').then((module) => ({ default: module.ExtentMap })),
);

export type StepProps = {
  job: ImportJob;
  inspection: Inspection;
  command: JobCommands;
  goTo: (step: WizardStep) => void;
  /** The button that ends the import. */
  giveUp: ReactNode;
};

export function InspectStep({ job, inspection, command, goTo, giveUp }: StepProps) {
  const { imports } = useTexts();
  const texts = imports.inspect;
  const language = useLanguage();
  const rereading = job.state === 'reading' || command.isPending;
  const set = (settings: ImportJob['settings']) => command.mutate({ run: 'set', settings });
  const ready = isSettled(inspection);
  return (
    <div className="import-inspect" aria-busy={rereading}>
      <div className="inspect-columns">
        <div className="inspect-facts">
          <h2>{texts.what}</h2>
          <InspectionFacts job={job} inspection={inspection} disabled={rereading} change={set} />
          <CrsChoice job={job} inspection={inspection} disabled={rereading} change={set} />
        </div>
        <div className="inspect-place">
          <h2>{texts.place}</h2>
          <Place inspection={inspection} />
        </div>
      </div>
      <p role="status" className="inspect-status">
        {rereading && texts.rereading}
      </p>
      <WordList title={texts.warnings} words={inspection.warnings} tone="warning" />
      <WordList title={texts.assumptions} words={inspection.assumptions} />
      <h2>
        {texts.sample(formatNumber(inspection.sampleRows.length, language))}{' '}
        <small className="quiet">{texts.sampleHint}</small>
      </h2>
      <SampleRows inspection={inspection} />
      <div className="import-actions">
        <Button type="primary" disabled={!ready || rereading} onClick={() => goTo('map')}>
          {imports.next}
        </Button>
        {giveUp}
        {inspection.crs === null && <span className="quiet">{texts.crsChoose}</span>}
      </div>
    </div>
  );
}

function Place({ inspection: { extent } }: { inspection: Inspection }) {
  const { inspect: texts } = useTexts().imports;
  const { region, layers } = useLoadedCatalogue();
  const hasBorders = layers.some((layer) => layer.definition.id === 'counties' && isReadable(layer));
  const word = useWord();
  if (extent === null) {
    return (
      <div className="extent-map extent-empty">
        <p className="quiet">{texts.extentUnknown}</p>
      </div>
    );
  }
  const [west, south, east, north] = extent.map(formatDegrees) as [string, string, string, string];
  const words = texts.extentOf(west, south, east, north);
  return (
    <>
      <div className="extent-map">
        <CrashBoundary>
          <Suspense>
            <ExtentMap
              extent={extent}
              home={region.extent}
              hasBorders={hasBorders}
              label={texts.mapLabel(`${words} (${word(region.title)})`)}
              unsupported={texts.mapFailed}
            />
          </Suspense>
        </CrashBoundary>
      </div>
      <p className="figure-left quiet">{words}</p>
    </>
  );
}
