/** Why a report came back, on top of the form that answers it. */
import type { Report } from '../../../geodata/contract/marking.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';

export function ReturnedNote({ report }: { report: Report | null }) {
  const { report: texts } = useMarkingTexts();
  if (report?.state !== 'returned' || report.returnedByLevel === null) return null;
  return (
    <p className="returned-note" role="status">
      {texts.returnedBy[report.returnedByLevel](report.returnReason ?? '')}
    </p>
  );
}
