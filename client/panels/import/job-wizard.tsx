/** One import on its way: asks how the job stands and shows the step that belongs to it. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { ImportJob, Inspection } from '../../../geodata/contract/imports.ts';
import { noteMissingRight, useDiscardJob, useImportJob, useJobCommand } from '../../api/imports.ts';
import { RequestError } from '../../api/request.ts';
import { useTexts } from '../../i18n/text.ts';
import { NEW_IMPORT, useAppState } from '../../state/app-state.ts';
import { RequestNotice } from '../request-notice.tsx';
import { ConfirmStep } from './confirm-step.tsx';
import { InspectStep } from './inspect-step.tsx';
import { JobProblem } from './job-problem.tsx';
import { LostJob } from './lost-job.tsx';
import { MapStep } from './map-step.tsx';
import { ResultStep } from './result-step.tsx';
import { RunningStep } from './running-step.tsx';
import { WizardFrame } from './wizard-frame.tsx';
import { openSteps, stepOf, type WizardStep } from './wizard-steps.ts';

export function JobWizard({ id }: { id: string }) {
  const texts = useTexts();
  const { data: job, error, refetch } = useImportJob(id);
  useSessionAfter(error);
  const isLost =
    error instanceof RequestError &&
    error.failure.cause === 'refused' &&
    error.failure.problem.status === 404;
  if (isLost) {
    return (
      <WizardFrame step={null}>
        <LostJob />
      </WizardFrame>
    );
  }
  if (job === undefined) {
    return (
      <WizardFrame step="inspect">
        {error ? (
          <RequestNotice title={texts.imports.failed.load} error={error} retry={() => void refetch()} />
        ) : (
          <p role="status">{texts.loading}</p>
        )}
      </WizardFrame>
    );
  }
  return <KnownJob job={job} pollError={error} retry={() => void refetch()} />;
}

/** A poll that is refused tells that the session has ended, before the page would notice by itself. */
function useSessionAfter(error: unknown) {
  const client = useQueryClient();
  useEffect(() => noteMissingRight(client, error), [client, error]);
}

function KnownJob({ job, pollError, retry }: { job: ImportJob; pollError: unknown; retry: () => void }) {
  const texts = useTexts();
  const [wanted, setWanted] = useState<WizardStep | null>(null);
  const command = useJobCommand(job.id);
  const step = stepOf(job, wanted);
  const failed = job.state === 'failed';
  return (
    <WizardFrame
      step={step}
      fileNames={job.fileNames}
      open={openSteps(job)}
      goTo={setWanted}
      failed={failed || job.state === 'cancelled'}
    >
      {pollError != null && (
        <RequestNotice title={texts.imports.failed.load} error={pollError} retry={retry} />
      )}
      {command.error && (
        <RequestNotice
          title={texts.imports.failed.command}
          error={command.error}
          retry={() => command.variables && command.mutate(command.variables)}
        />
      )}
      {(failed || job.state === 'cancelled') && <JobProblem job={job} command={command} />}
      <StepBody job={job} step={step} command={command} goTo={setWanted} />
    </WizardFrame>
  );
}

function StepBody(props: {
  job: ImportJob;
  step: WizardStep;
  command: ReturnType<typeof useJobCommand>;
  goTo: (step: WizardStep) => void;
}) {
  const { job, step, command, goTo } = props;
  const inspection = useLastInspection(job);
  const giveUp = <GiveUp job={job} />;
  if (job.state === 'done') return <ResultStep job={job} />;
  if (job.state === 'importing' || (job.state === 'reading' && inspection === null)) {
    return <RunningStep job={job} command={command} />;
  }
  if (inspection === null || (job.state === 'failed' && job.inspection === null)) return null;
  if (step === 'map') {
    return <MapStep job={job} inspection={inspection} command={command} goTo={goTo} giveUp={giveUp} />;
  }
  if (step === 'confirm') {
    return <ConfirmStep job={job} inspection={inspection} command={command} goTo={goTo} giveUp={giveUp} />;
  }
  return <InspectStep job={job} inspection={inspection} command={command} goTo={goTo} giveUp={giveUp} />;
}

/** While a file is read again with another choice, what was known of it stays in sight: nothing jumps. */
function useLastInspection({ inspection }: ImportJob): Inspection | null {
  const last = useRef(inspection);
  if (inspection !== null) last.current = inspection;
  return inspection ?? last.current;
}

/** Ends an import nothing of which has reached the layer. */
function GiveUp({ job }: { job: ImportJob }) {
  const { imports: texts } = useTexts();
  const discard = useDiscardJob();
  const setImportJob = useAppState((state) => state.setImportJob);
  return (
    <Popconfirm
      title={texts.cancelConfirm}
      description={texts.cancelDetail}
      okText={texts.cancel}
      cancelText={texts.keepOn}
      onConfirm={() => discard.mutate(job.id, { onSuccess: () => setImportJob(NEW_IMPORT) })}
    >
      <Button type="text" loading={discard.isPending}>
        {texts.cancel}
      </Button>
    </Popconfirm>
  );
}
