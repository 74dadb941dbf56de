/** The month's report where it stands: beside what counts, so that nobody takes a waiting value for a counted one. */
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { readMonth, readTime } from '../marking/field-words.ts';
import { ReportAnswer } from '../marking/report-answer.tsx';
import { ReportFlags } from '../marking/report-flags.tsx';
import { ReturnedNote } from '../marking/returned-note.tsx';

export function SiteReport({ site }: { site: MineSite }) {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const { report, period, owes } = site;
  const month = readMonth(period, language);
  if (report === null) {
    if (owes === 'nothing') return null;
    return (
      <p className="site-owes">
        {owes === 'quarter' ? texts.report.owes.quarter : texts.report.owes.month(month)}
      </p>
    );
  }
  const isWaiting = report.state === 'submitted';
  return (
    <section className="site-part site-report" aria-label={texts.report.title(month)}>
      <h3>
        {texts.report.title(month)}
        <span className={`report-state report-${report.state}`}>{texts.report.states[report.state]}</span>
      </h3>
      <p className="quiet">
        {report.submittedBy === ''
          ? readTime(report.submittedAt)
          : texts.report.by(report.submittedBy, readTime(report.submittedAt))}
        {report.round > 1 && ` · ${texts.report.round(String(report.round))}`}
      </p>
      <ReturnedNote report={report} />
      {isWaiting && <p className="quiet">{texts.report.pending}</p>}
      <details className="mark-more">
        <summary>{texts.review.answer}</summary>
        {report.flags.length > 0 && <ReportFlags flags={report.flags} />}
        {report.answer.noProgressReason !== undefined && (
          <p>{texts.report.noProgress(report.answer.noProgressReason)}</p>
        )}
        <ReportAnswer site={site} />
      </details>
    </section>
  );
}
