/** The fields of a month's report with what became of them: draft, problems, conflict, submission. */
import { Segmented } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Attachment } from '../../../geodata/contract/attachments.ts';
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { findStep, needsOf } from '../../../geodata/domain/workflow.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { ClosedNote } from '../account/closed-note.tsx';
import { EvidenceField } from '../evidence/evidence-field.tsx';
import { useWindowWidth } from '../window-width.ts';
import { AreaFields } from './area-fields.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { DateFields } from './date-fields.tsx';
import type { DraftKey } from './draft-store.ts';
import { FieldWarnings } from './field-row.tsx';
import { readTime } from './field-words.ts';
import { type FormState, FormStateContext } from './form-state.ts';
import { IssueFields } from './issue-fields.tsx';
import { MarkingContext, useMarkingContext } from './marking-context.ts';
import { MoneyFields } from './money-fields.tsx';
import { NoProgressFields } from './no-progress-fields.tsx';
import { WordsField } from './number-field.tsx';
import { type PhoneStep, phoneSteps } from './phone-steps.ts';
import { useProblemWords } from './problem-words.ts';
import { ProgressFields } from './progress-fields.tsx';
import { ReportFooter } from './report-footer.tsx';
import { ReturnedNote } from './returned-note.tsx';
import { TaskFrame } from './task-frame.tsx';
import { type Marking, useMarking } from './use-marking.ts';

export function ReportForm(props: {
  site: MineSite;
  attachments: readonly Attachment[];
  draftKey: DraftKey;
  noProgress: boolean;
  signedOut: boolean;
  title: string;
  close: () => void;
  done: (site: MineSite) => void;
}) {
  const texts = useMarkingTexts();
  const { site } = props;
  const marking = useMarking(site, props.attachments, {
    draftKey: props.draftKey,
    noProgress: props.noProgress,
    submitted: props.done,
  });
  const phone = useWindowWidth() === 'phone';
  const [step, setStep] = useState<PhoneStep>('evidence');
  const isQuarterly = site.owes === 'quarter';
  const inSteps = phone && !marking.draft.noProgress && !isQuarterly;
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (step) body.current?.parentElement?.scrollTo({ top: 0 });
  }, [step]);
  return (
    <MarkingContext value={marking}>
      <FormStateContext value={formStateOf(marking)}>
        <TaskFrame
          title={props.title}
          subtitle={<Subtitle step={inSteps ? step : null} />}
          close={props.close}
          footer={<ReportFooter step={inSteps ? step : null} goTo={setStep} signedOut={props.signedOut} />}
        >
          <div ref={body} className="mark-form">
            {props.signedOut && (
              <div className="notice">
                <strong>{texts.endedTitle}</strong>
                <ClosedNote text={texts.ended} />
              </div>
            )}
            <ReturnedNote report={site.report} />
            {marking.isBehind && (
              <p className="mark-behind" role="status">
                {texts.form.changedMeanwhile}{' '}
                <button type="button" className="link-button" onClick={marking.showConflict}>
                  {texts.form.compare}
                </button>
              </p>
            )}
            {!isQuarterly && (!inSteps || step === 'evidence') && <KindChoice />}
            {isQuarterly && <AftercareFields />}
            {!isQuarterly && marking.draft.noProgress && <NoProgressFields />}
            {!isQuarterly && !marking.draft.noProgress && <ProgressParts step={inSteps ? step : null} />}
          </div>
        </TaskFrame>
      </FormStateContext>
      {marking.conflict && <ConflictDialog current={marking.conflict} marking={marking} />}
    </MarkingContext>
  );
}

function formStateOf({ checked, attempted, draft, change }: Marking): FormState {
  return {
    problems: checked.problems,
    warnings: checked.warnings,
    attempted,
    reasons: draft.reasons,
    giveReason: (id, reason) => change({ reasons: { ...draft.reasons, [id]: reason } }),
  };
}

function KindChoice() {
  const { form: texts } = useMarkingTexts();
  const { draft, change } = useMarkingContext();
  return (
    <Segmented
      block
      aria-label={texts.kindLabel}
      value={draft.noProgress ? 'no_progress' : 'progress'}
      options={[
        { value: 'progress', label: texts.kinds.progress },
        { value: 'no_progress', label: texts.kinds.no_progress },
      ]}
      onChange={(kind) => change({ noProgress: kind === 'no_progress' })}
    />
  );
}

/** `step` null: everything. */
function ProgressParts({ step }: { step: PhoneStep | null }) {
  const { form: texts } = useMarkingTexts();
  const shows = (part: PhoneStep) => step === null || step === part;
  return (
    <>
      {step === 'evidence' && <EvidencePart />}
      {shows('figures') && (
        <>
          <Part title={texts.sections.progress}>
            <ProgressFields />
          </Part>
          <Part title={texts.sections.areas}>
            <AreaFields />
          </Part>
          <Part title={texts.sections.money}>
            <MoneyFields />
          </Part>
        </>
      )}
      {shows('submit') && (
        <Part title={texts.sections.issues}>
          <IssueFields />
        </Part>
      )}
      {step === null && <EvidencePart />}
      {shows('submit') && (
        <Part title={texts.sections.dates}>
          <DateFields />
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mark-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function EvidencePart() {
  const texts = useMarkingTexts();
  const { site, draft, evidence } = useMarkingContext();
  const problems = useProblemWords('attachments');
  const step = draft.status === null ? undefined : findStep(site.state.status, draft.status, 'editor');
  return (
    <Part title={texts.form.sections.evidence}>
      <EvidenceField
        code={site.code}
        version={site.version}
        period={site.period}
        status={draft.status ?? site.state.status}
        needs={step ? needsOf(step, site.liability) : []}
        evidence={evidence}
      />
      {problems.length > 0 && (
        <p className="mark-problem" role="alert">
          {problems.join(' ')}
        </p>
      )}
      <FieldWarnings field="attachments" />
    </Part>
  );
}

/** 管护检查 of a closed site. */
function AftercareFields() {
  const texts = useMarkingTexts();
  const { draft, change } = useMarkingContext();
  return (
    <>
      <WordsField
        field="answer.aftercare"
        title={texts.fields.aftercare}
        required
        rows={3}
        most={500}
        value={draft.aftercare}
        change={(aftercare) => change({ aftercare })}
      />
      <EvidencePart />
      <DateFields />
    </>
  );
}

function Subtitle({ step }: { step: PhoneStep | null }) {
  const { form: texts } = useMarkingTexts();
  const language = useLanguage();
  const { keptAt, cannotKeep } = useMarkingContext();
  return (
    <>
      {step !== null && (
        <span>
          {texts.step(
            formatNumber(phoneSteps.indexOf(step) + 1, language),
            formatNumber(phoneSteps.length, language),
          )}
          {' · '}
          {texts.steps[step]}
        </span>
      )}
      {cannotKeep && <span className="alert-ink">{texts.notKept}</span>}
      {keptAt !== null && <span role="status">{texts.kept(readTime(keptAt).slice(-5))}</span>}
    </>
  );
}
