/** How many features an import adds, changes and takes away, and how many rows were mended or rejected. */
import type { ImportJob, ImportReport } from '../../../geodata/contract/imports.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';

export function ReportCounts({ job, report }: { job: ImportJob; report: ImportReport }) {
  const { confirm: texts } = useTexts().imports;
  const language = useLanguage();
  const counts: [title: string, count: number, alert?: boolean][] = [
    [texts.inserted, report.insertedCount],
    [texts.updated, report.updatedCount],
    [texts.removed, report.removedCount],
    [texts.repaired, job.repairCount],
    [texts.rejected, job.problemCount, job.problemCount > 0],
  ];
  return (
    <dl className="report-counts">
      {counts.map(([title, count, alert]) => (
        <div key={title} className={alert ? 'report-count report-count-alert' : 'report-count'}>
          <dt>{title}</dt>
          <dd>{formatNumber(count, language)}</dd>
        </div>
      ))}
    </dl>
  );
}
