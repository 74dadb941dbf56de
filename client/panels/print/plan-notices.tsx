/** What the service says of the sheet before it is printed; where it refuses, the reason to print all the same. */
import { Input } from 'antd';
import type { SheetNotice, SheetSpec } from '../../../geodata/contract/sheets.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useWord } from '../../i18n/text.ts';
import { LEAST_REASON } from '../../state/tidy-sheet.ts';
import { FieldRow } from './field-row.tsx';
import { changeSheet } from './use-print-sheet.ts';

/** The one notice that a reason settles. */
const MAP_NUMBER_MISSING = 'map_number_missing';
const MOST_REASON = 300;
const ranks = { blocking: 0, warning: 1, info: 2 };

export function PlanNotices({ sheet, notices }: { sheet: SheetSpec; notices: readonly SheetNotice[] }) {
  const texts = useSheetTexts();
  const word = useWord();
  const needsNumber = notices.some(({ id }) => id === MAP_NUMBER_MISSING);
  const reason = sheet.overrideReason;
  const ordered = [...notices].sort((a, b) => ranks[a.severity] - ranks[b.severity]);
  if (notices.length === 0 && reason === undefined) return null;
  return (
    <section className="print-notices" aria-label={texts.notices}>
      <ul aria-live="polite">
        {ordered.map(({ id, severity, text }) => (
          <li key={`${id} ${text.zh}`} className={`print-notice print-notice-${severity}`}>
            <b>{texts.severities[severity]}</b> <span>{word(text)}</span>
          </li>
        ))}
      </ul>
      {(needsNumber || reason !== undefined) && (
        <>
          <FieldRow label={texts.reason}>
            {(id) => (
              <Input
                id={id}
                value={reason ?? ''}
                maxLength={MOST_REASON}
                onChange={({ target }) =>
                  changeSheet({ overrideReason: target.value === '' ? undefined : target.value })
                }
              />
            )}
          </FieldRow>
          <p className="quiet" role="status">
            {(reason?.trim().length ?? 0) >= LEAST_REASON && !needsNumber
              ? texts.reasonGiven
              : texts.reasonHint}
          </p>
        </>
      )}
    </section>
  );
}
