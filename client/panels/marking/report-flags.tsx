/** Unlikely values of a report with the reasons given: the first thing a reviewer looks at. */
import type { Warning } from '../../../geodata/contract/marking.ts';
import { describeWarning, needsReason } from '../../../geodata/domain/answer-warnings.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useWord } from '../../i18n/text.ts';

export function ReportFlags({ flags }: { flags: readonly Warning[] }) {
  const { review: texts } = useMarkingTexts();
  const language = useLanguage();
  const word = useWord();
  if (flags.length === 0) return <p className="quiet">{texts.noFlags}</p>;
  return (
    <section className="report-flags">
      <h3>{texts.flagged(formatNumber(flags.length, language))}</h3>
      <ul>
        {flags.map((flag) => (
          <li key={flag.id}>
            {word(describeWarning(flag))}
            {needsReason(flag) && <p>{flag.reason ? texts.reasonGiven(flag.reason) : texts.noReason}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
