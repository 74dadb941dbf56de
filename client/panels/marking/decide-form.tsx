/** A step a reviewer takes: acceptance, public notice, closing, handing over, rectifying, excluding. */
import { Button } from 'antd';
import { useRef, useState } from 'react';
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { obstacleWords } from '../../../geodata/domain/obstacle-words.ts';
import { requirementField } from '../../../geodata/domain/requirement-fields.ts';
import {
  aftercareYears,
  needsOf,
  requirements,
  type StatusId,
  type Step,
  statuses,
  stepsFrom,
} from '../../../geodata/domain/workflow.ts';
import { useAttachments } from '../../api/attachments.ts';
import { refusalOf, useMineSite, useSiteCommand } from '../../api/mine-sites.ts';
import { useAccount } from '../../api/session.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useTexts, useWord } from '../../i18n/text.ts';
import { EvidenceField } from '../evidence/evidence-field.tsx';
import { isUploading, useUploads } from '../evidence/upload-queue.ts';
import { RequestNotice } from '../request-notice.tsx';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { type DecisionDraft, evidenceForStep, firstDecision, readDecision } from './decide-draft.ts';
import { FormStateContext } from './form-state.ts';
import { useKeptInput } from './kept-input.ts';
import { DayField, LineField, NumberField, WordsField } from './number-field.tsx';
import { useProblemWords } from './problem-words.ts';
import { SendFailure } from './send-failure.tsx';
import { TaskFrame } from './task-frame.tsx';

export function DecideForm(props: { code: string; to: StatusId; close: () => void; done: () => void }) {
  const texts = useMarkingTexts();
  const allTexts = useTexts();
  const word = useWord();
  const { data: site, error, refetch } = useMineSite(props.code);
  const started = useRef<Step | undefined>(undefined);
  // Once taken, the step leads on from here no more: the form stays what it was until it closes.
  started.current ??=
    site && stepsFrom(site.state.status).find(({ to, by }) => to === props.to && by !== 'editor');
  const title = site ? texts.decide.title(site.name, texts.actions.steps[props.to]) : props.code;
  const obstacle = site?.actions.find(({ action, to }) => action === 'decide' && to === props.to)?.obstacle;
  if (site !== undefined && started.current !== undefined) {
    return (
      <OpenedDecision
        site={site}
        step={started.current}
        title={title}
        close={props.close}
        done={props.done}
      />
    );
  }
  return (
    <TaskFrame title={title} close={props.close}>
      {site !== undefined && <p>{word(obstacleWords[obstacle ?? 'wrong_status'])}</p>}
      {site === undefined && error && (
        <RequestNotice title={texts.failed.site} error={error} retry={() => void refetch()} />
      )}
      {site === undefined && !error && <p role="status">{allTexts.loading}</p>}
    </TaskFrame>
  );
}

function OpenedDecision(props: {
  site: MineSite;
  step: Step;
  title: string;
  close: () => void;
  done: () => void;
}) {
  const texts = useMarkingTexts();
  const word = useWord();
  const account = useAccount();
  const { site, step } = props;
  const seen = useRef(site);
  const command = useSiteCommand(site.code);
  const {
    fields: draft,
    change: keep,
    forget,
  } = useKeptInput(`decide/${site.code}/${step.to}`, firstDecision(site));
  const [attempted, setAttempted] = useState(false);
  const attachments = useAttachments(site.code, { enabled: account.role !== 'anonymous' });
  const uploading = isUploading(
    useUploads((state) => state.uploads),
    site.code,
  );
  const needs = needsOf(step, site.liability);
  const evidence = evidenceForStep(attachments.data ?? [], needs);
  const { decision, problems } = readDecision(draft, step, site, evidence);
  const refusal = refusalOf(command.error);
  const served = (refusal?.problems ?? []).map((problem) => ({
    ...problem,
    kind: 'said' as const,
    atOnce: true,
  }));
  const stale = refusal?.current;
  const change = (part: Partial<DecisionDraft>) => {
    keep(part);
    if (command.error !== null && stale === undefined) command.reset();
  };
  const submit = () => {
    setAttempted(true);
    if (problems.length > 0 || command.isPending) return;
    command.mutate(
      { command: { do: 'decide', body: decision }, version: seen.current.version },
      {
        onSuccess: () => {
          forget();
          props.done();
        },
      },
    );
  };
  const all = [...problems, ...served.filter(({ field }) => !problems.some((each) => each.field === field))];
  return (
    <FormStateContext
      value={{ problems: all, warnings: [], attempted, reasons: {}, giveReason: () => undefined }}
    >
      <TaskFrame
        title={props.title}
        subtitle={<span>{texts.decide.from(word(statuses[site.state.status].title))}</span>}
        close={props.close}
        footer={
          <div className="mark-footer">
            {uploading && <p role="status">{texts.form.uploading}</p>}
            {stale && (
              <ChangedMeanwhile
                before={seen.current}
                current={stale}
                goOn={() => {
                  seen.current = stale;
                  command.reset();
                }}
              />
            )}
            <SendFailure error={command.error} />
            <div className="mark-buttons">
              <Button
                type="primary"
                size="large"
                className="mark-wide"
                loading={command.isPending}
                disabled={uploading || stale !== undefined}
                onClick={submit}
              >
                {command.isPending ? texts.decide.submitting : texts.decide.submit}
              </Button>
            </div>
          </div>
        }
      >
        <div className="mark-form">
          <DecisionFields site={site} step={step} draft={draft} change={change} />
          {needs.some((id) => requirements[id].form === 'document') && (
            <section className="mark-part">
              <h3>{texts.form.sections.evidence}</h3>
              <EvidenceField
                code={site.code}
                version={site.version}
                period={site.period}
                status={step.to}
                needs={needs}
                evidence={evidence}
                onlyNeeded
              />
              <EvidenceProblem />
            </section>
          )}
        </div>
      </TaskFrame>
    </FormStateContext>
  );
}

function EvidenceProblem() {
  const problems = useProblemWords('attachments');
  if (problems.length === 0) return null;
  return (
    <p className="mark-problem" role="alert">
      {problems.join(' ')}
    </p>
  );
}

function DecisionFields(props: {
  site: MineSite;
  step: Step;
  draft: DecisionDraft;
  change: (part: Partial<DecisionDraft>) => void;
}) {
  const texts = useMarkingTexts();
  const word = useWord();
  const { site, step, draft, change } = props;
  const needs = needsOf(step, site.liability);
  const number = needs.find((id) => requirements[id].form === 'number');
  const isAcceptance = step.to === 'city_accepted';
  return (
    <>
      <DayField
        field="effectiveOn"
        title={texts.fields.effectiveOn}
        hint={texts.form.effectiveOnHint(site.workDay)}
        most={site.workDay}
        value={draft.effectiveOn}
        change={(effectiveOn) => change({ effectiveOn })}
      />
      {(number !== undefined || isAcceptance) && (
        <LineField
          field="facts.documentNumber"
          title={number === undefined ? texts.fields.acceptanceDocument : word(requirements[number].title)}
          required={number !== undefined}
          value={draft.documentNumber}
          change={(documentNumber) => change({ documentNumber })}
        />
      )}
      {isAcceptance && (
        <NumberField
          field="facts.acceptedAreaSquareMeters"
          title={texts.fields.acceptedAreaSquareMeters}
          unit={texts.form.areaUnits.ha}
          hint={`${texts.decide.acceptedAreaHint} · ${texts.decide.aftercare(String(aftercareYears))}`}
          value={draft.acceptedArea}
          change={(acceptedArea) => change({ acceptedArea })}
        />
      )}
      {needs.includes('notice') && <NoticeFields {...props} />}
      {needs.includes('source') && (
        <LineField
          field={requirementField('source', 'decision')}
          title={word(requirements.source.title)}
          required
          most={200}
          value={draft.source}
          change={(source) => change({ source })}
        />
      )}
      {needs.includes('reason') && (
        <WordsField
          field="reason"
          title={texts.fields.reason}
          required
          most={500}
          value={draft.reason}
          change={(reason) => change({ reason })}
        />
      )}
    </>
  );
}

function NoticeFields({
  draft,
  change,
}: {
  draft: DecisionDraft;
  change: (part: Partial<DecisionDraft>) => void;
}) {
  const texts = useMarkingTexts();
  const { notice } = texts.fields.facts;
  return (
    <section className="mark-part">
      <DayField
        field="facts.notice.from"
        title={notice.from}
        required
        value={draft.noticeFrom}
        change={(noticeFrom) => change({ noticeFrom })}
      />
      <DayField
        field="facts.notice.to"
        title={notice.to}
        required
        value={draft.noticeTo}
        change={(noticeTo) => change({ noticeTo })}
      />
      <LineField
        field="facts.notice.place"
        title={notice.place}
        required
        most={200}
        value={draft.noticePlace}
        change={(noticePlace) => change({ noticePlace })}
      />
      <LineField
        field="facts.notice.objections"
        title={notice.objections}
        most={500}
        hint={texts.decide.objectionsHint}
        value={draft.noticeObjections}
        change={(noticeObjections) => change({ noticeObjections })}
      />
    </section>
  );
}
