/** Rejected and repaired rows of a report; the service sends 500 at once and all of them when asked. */
import { useState } from 'react';
import type { ImportJob } from '../../../geodata/contract/imports.ts';
import { useFullReport } from '../../api/imports.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { RequestNotice } from '../request-notice.tsx';
import { RowList } from './row-list.tsx';

export function ReportRows({ job }: { job: ImportJob }) {
  const { imports } = useTexts();
  const texts = imports.confirm;
  const language = useLanguage();
  const [all, setAll] = useState(false);
  const full = useFullReport(job.id, all);
  const report = (all && full.data) || job.report;
  if (report === null) return null;
  const listAll = all ? null : () => setAll(true);
  return (
    <>
      <RowList
        title={texts.rejectedTitle(formatNumber(job.problemCount, language))}
        reasonTitle={texts.reason}
        rows={report.problems}
        count={job.problemCount}
        listAll={listAll}
      />
      <RowList
        title={texts.repairedTitle(formatNumber(job.repairCount, language))}
        reasonTitle={texts.repair}
        rows={report.repairs}
        count={job.repairCount}
        listAll={listAll}
      />
      {all && full.error && (
        <RequestNotice title={imports.failed.load} error={full.error} retry={() => void full.refetch()} />
      )}
    </>
  );
}
