/** 审核: what was reported beside last month, flags first; accepted, or returned with a reason. */
import { Button, Input } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { obstacleWords } from '../../../geodata/domain/obstacle-words.ts';
import { useAttachments } from '../../api/attachments.ts';
import { refusalOf, useMineSite, useSiteCommand } from '../../api/mine-sites.ts';
import { useAccount } from '../../api/session.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { EvidenceGallery } from '../evidence/evidence-gallery.tsx';
import { RequestNotice } from '../request-notice.tsx';
import { goInQueue } from '../review/go-on.ts';
import { QueueBar } from '../review/queue-bar.tsx';
import { useReviewKeys } from '../review/review-keys.ts';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { evidenceOf } from './check-draft.ts';
import { readMonth, readTime } from './field-words.ts';
import { useKeptInput } from './kept-input.ts';
import { ReasonTemplates } from './reason-templates.tsx';
import { ReportAnswer } from './report-answer.tsx';
import { ReportFlags } from './report-flags.tsx';
import { SendFailure } from './send-failure.tsx';
import { TaskFrame } from './task-frame.tsx';

export type ReviewOutcome = 'pass' | 'return';

export function ReviewForm(props: {
  code: string;
  /** Left out: the month that owes an answer now. */
  period?: string | undefined;
  close: () => void;
  done: (decision: ReviewOutcome, period: string) => void;
}) {
  const texts = useMarkingTexts();
  const allTexts = useTexts();
  const language = useLanguage();
  const { data: site, error, refetch } = useMineSite(props.code, props.period);
  if (site === undefined) {
    return (
      <TaskFrame title={props.code} close={props.close}>
        {error ? (
          <RequestNotice title={texts.failed.site} error={error} retry={() => void refetch()} />
        ) : (
          <p role="status">{allTexts.loading}</p>
        )}
      </TaskFrame>
    );
  }
  const title = texts.review.title(site.name, readMonth(site.period, language));
  return <OpenedReview site={site} title={title} {...props} />;
}

function OpenedReview(props: {
  site: MineSite;
  title: string;
  close: () => void;
  done: (decision: ReviewOutcome, period: string) => void;
}) {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const word = useWord();
  const account = useAccount();
  const { site } = props;
  const { report } = site;
  const opening = useOpening(site);
  const review = useSiteCommand(site.code);
  const attachments = useAttachments(site.code, { enabled: account.role !== 'anonymous' });
  const [returning, setReturning] = useState(false);
  const typed = useKeptInput(`review/${site.code}/${site.period}`, { reason: '', note: '' });
  const { reason, note } = typed.fields;
  const setReason = (text: string) => typed.change({ reason: text });
  const [missing, setMissing] = useState(false);
  const reasonId = useId();
  // What the reviewer looks at; what comes later must be looked at first.
  const seen = useRef(site);
  const stale = refusalOf(review.error)?.current;
  const obstacleTo = (wanted: ReviewOutcome) =>
    site.actions.find(({ action }) => action === wanted)?.obstacle ?? null;
  const passObstacle = obstacleTo('pass');
  const returnObstacle = obstacleTo('return');
  useEffect(() => {
    if (opening.opened !== null) seen.current = opening.opened;
  }, [opening.opened]);
  const send = (decision: ReviewOutcome) => {
    if (report === null || review.isPending) return;
    if (decision === 'return' && reason.trim() === '') {
      setMissing(true);
      document.getElementById(reasonId)?.focus();
      return;
    }
    const body =
      decision === 'return'
        ? { decision, reason: reason.trim() }
        : { decision, ...(note.trim() === '' ? {} : { note: note.trim() }) };
    review.mutate(
      { command: { do: 'review', period: report.period, body }, version: seen.current.version },
      {
        onSuccess: () => {
          typed.forget();
          props.done(decision, report.period);
        },
      },
    );
  };
  const here = { code: site.code, period: site.period };
  useReviewKeys({
    next: () => goInQueue(here, 1),
    previous: () => goInQueue(here, -1),
    accept: () => {
      if (passObstacle === null && stale === undefined && !returning) send('pass');
    },
    giveBack: () => {
      if (returnObstacle === null && stale === undefined) setReturning(true);
    },
  });
  return (
    <TaskFrame
      title={props.title}
      subtitle={
        report && (
          <>
            <span>
              {texts.report.states[report.state]} ·{' '}
              {texts.report.by(report.submittedBy, readTime(report.submittedAt))}
              {report.round > 1 && ` · ${texts.report.round(String(report.round))}`}
            </span>
            <QueueBar report={here} />
          </>
        )
      }
      close={props.close}
      footer={
        <div className="mark-footer">
          {stale && (
            <ChangedMeanwhile
              before={seen.current}
              current={stale}
              goOn={() => {
                seen.current = stale;
                review.reset();
              }}
            />
          )}
          <SendFailure error={review.error ?? opening.error} />
          {passObstacle !== null && (
            <p className="mark-problem" role="status">
              {word(obstacleWords[passObstacle])}
            </p>
          )}
          {returning ? (
            <>
              <ReasonTemplates
                title={texts.form.reasonTemplates}
                templates={texts.review.returnTemplates}
                choose={setReason}
              />
              <label htmlFor={reasonId}>{texts.review.returnReason}</label>
              <Input.TextArea
                id={reasonId}
                // Whoever has asked to return it goes on with why.
                autoFocus
                value={reason}
                maxLength={500}
                autoSize={{ minRows: 2, maxRows: 5 }}
                status={missing && reason.trim() === '' ? 'error' : ''}
                aria-invalid={missing && reason.trim() === ''}
                onChange={(event) => setReason(event.target.value)}
              />
              {missing && reason.trim() === '' && (
                <p className="mark-problem" role="alert">
                  {texts.problems.needsReason}
                </p>
              )}
              <div className="mark-buttons">
                <Button size="large" onClick={() => setReturning(false)}>
                  {texts.cancel}
                </Button>
                <Button
                  type="primary"
                  danger
                  size="large"
                  className="mark-wide"
                  loading={review.isPending}
                  onClick={() => send('return')}
                >
                  {texts.actions.return}
                </Button>
              </div>
            </>
          ) : (
            <>
              <Input
                aria-label={texts.review.note}
                placeholder={`${texts.review.note} (${texts.optional})`}
                maxLength={500}
                value={note}
                onChange={(event) => typed.change({ note: event.target.value })}
              />
              <div className="mark-buttons">
                <Button
                  size="large"
                  disabled={returnObstacle !== null || stale !== undefined}
                  onClick={() => setReturning(true)}
                >
                  {texts.actions.return}
                </Button>
                <Button
                  type="primary"
                  size="large"
                  className="mark-wide"
                  loading={review.isPending}
                  disabled={passObstacle !== null || stale !== undefined}
                  onClick={() => send('pass')}
                >
                  {texts.actions.pass}
                </Button>
              </div>
            </>
          )}
        </div>
      }
    >
      {report && (
        <div className="mark-form">
          <ReportFlags flags={report.flags} />
          {report.answer.noProgressReason !== undefined && (
            <p>{texts.report.noProgress(report.answer.noProgressReason)}</p>
          )}
          <ReportAnswer site={site} />
          <section className="mark-part">
            <h3>{texts.review.evidence}</h3>
            <PeriodEvidence
              evidence={evidenceOf(attachments.data ?? [], report.period)}
              loaded={attachments.data !== undefined}
            />
          </section>
        </div>
      )}
      {!report && <p className="quiet">{texts.report.owes.month(readMonth(site.period, language))}</p>}
    </TaskFrame>
  );
}

function PeriodEvidence(props: { evidence: ReturnType<typeof evidenceOf>; loaded: boolean }) {
  const texts = useMarkingTexts();
  const allTexts = useTexts();
  if (!props.loaded) return <p className="quiet">{allTexts.loading}</p>;
  if (props.evidence.length === 0) return <p className="quiet">{texts.review.noEvidence}</p>;
  return <EvidenceGallery attachments={props.evidence} withdrawVersion={null} showEmpty={false} />;
}

/** Opening a report is recorded once: from then on it cannot be withdrawn. */
function useOpening(site: MineSite) {
  const { mutate, data, error } = useSiteCommand(site.code);
  const { report } = site;
  const mayReview = site.actions.some(
    ({ action, obstacle }) => (action === 'pass' || action === 'return') && obstacle === null,
  );
  const due = mayReview && report?.state === 'submitted' && report.openedAt === null;
  const asked = useRef(false);
  useEffect(() => {
    if (!due || report === null || asked.current) return;
    asked.current = true;
    mutate({ command: { do: 'open', period: report.period }, version: site.version });
  }, [due, report, site.version, mutate]);
  return { opened: data ?? null, error };
}
