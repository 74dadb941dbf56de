/** What an order for many sites asks: day, reason, 文号, public notice, and the one document of the list. */
import type { ReactNode } from 'react';
import {
  aftercareYears,
  type RequirementId,
  requirements,
  type Step,
} from '../../../geodata/domain/workflow.ts';
import { joinWords } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useWord } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { DayField, LineField, WordsField } from '../marking/number-field.tsx';
import { ReasonTemplates } from '../marking/reason-templates.tsx';
import { SetDocumentField } from './set-document.tsx';
import { needsOfSet, type SetDraft } from './set-draft.ts';
import type { SetTask } from './set-task.ts';

type FieldsProps = {
  task: SetTask;
  /** Of a decision. */
  step: Step | undefined;
  workDay: string;
  draft: SetDraft;
  change: (part: Partial<SetDraft>) => void;
  uploading: (uploading: boolean) => void;
};

export function SetFields(props: FieldsProps): ReactNode {
  const marking = useMarkingTexts();
  const { set: texts } = useWorkTexts();
  const { task, draft, change } = props;
  switch (task.do) {
    case 'no_progress':
      return (
        <>
          <ReasonFields
            title={marking.fields.noProgressReason}
            templates={marking.form.noProgressReasons}
            {...props}
          />
          <EffectiveDay {...props} />
        </>
      );
    case 'return':
      return (
        <ReasonFields
          title={marking.review.returnReason}
          templates={marking.review.returnTemplates}
          {...props}
        />
      );
    case 'pass':
      return (
        <WordsField
          field="note"
          title={texts.note}
          most={500}
          value={draft.note}
          change={(note) => change({ note })}
        />
      );
    case 'decide':
      return <DecisionFields {...props} />;
  }
}

function ReasonFields(props: FieldsProps & { title: string; templates: readonly string[] }) {
  const { form } = useMarkingTexts();
  const { draft, change } = props;
  return (
    <>
      <ReasonTemplates
        title={form.reasonTemplates}
        templates={props.templates}
        choose={(reason) => change({ reason })}
      />
      <WordsField
        field="reason"
        title={props.title}
        required
        most={500}
        value={draft.reason}
        change={(reason) => change({ reason })}
      />
    </>
  );
}

function EffectiveDay({ workDay, draft, change }: FieldsProps) {
  const { fields, form } = useMarkingTexts();
  return (
    <DayField
      field="effectiveOn"
      title={fields.effectiveOn}
      hint={form.effectiveOnHint(workDay)}
      most={workDay}
      value={draft.effectiveOn}
      change={(effectiveOn) => change({ effectiveOn })}
    />
  );
}

function DecisionFields(props: FieldsProps) {
  const marking = useMarkingTexts();
  const word = useWord();
  const { step, draft, change } = props;
  if (step === undefined) return null;
  const needs = needsOfSet(step);
  const numberTitle =
    needs.number !== null
      ? word(requirements[needs.number].title)
      : step.to === 'city_accepted'
        ? marking.fields.acceptanceDocument
        : marking.fields.facts.documentNumber;
  return (
    <>
      <LineField
        field="facts.documentNumber"
        title={numberTitle}
        required={needs.isNumberRequired}
        {...(step.to === 'city_accepted' ? { hint: marking.decide.aftercare(String(aftercareYears)) } : {})}
        value={draft.documentNumber}
        change={(documentNumber) => change({ documentNumber })}
      />
      <EffectiveDay {...props} />
      {needs.notice && <NoticeFields {...props} />}
      <SetDocumentField
        hint={<DocumentHint documents={needs.documents} />}
        required={needs.documents.length > 0}
        change={(documentId) => change({ documentId })}
        uploading={props.uploading}
      />
    </>
  );
}

function DocumentHint({ documents }: { documents: readonly RequirementId[] }) {
  const { set: texts } = useWorkTexts();
  const language = useLanguage();
  const word = useWord();
  const list = joinWords(
    documents.map((id) => word(requirements[id].title)),
    language,
  );
  return (
    <>
      {texts.documentHint} {documents.length > 0 && texts.documentNeeds(list)}
    </>
  );
}

function NoticeFields({ draft, change }: FieldsProps) {
  const texts = useMarkingTexts();
  const { notice } = texts.fields.facts;
  return (
    <section className="mark-part" aria-label={texts.decide.noticeTitle}>
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
