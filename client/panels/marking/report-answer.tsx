/** A report as a table: field, last month, this month; values that changed stand out. */
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { fieldTitle, readValue } from './field-words.ts';
import { reviewRows } from './review-rows.ts';

export function ReportAnswer({ site }: { site: MineSite }) {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const rows = reviewRows(site);
  if (site.report === null) return null;
  return (
    <table className="report-answer">
      <thead>
        <tr>
          <th scope="col">{texts.conflict.field}</th>
          <th scope="col">{texts.review.lastMonth}</th>
          <th scope="col">{texts.review.thisMonth}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{texts.fields.effectiveOn}</th>
          <td>{site.previous?.effectiveOn ?? '—'}</td>
          <td>{site.report.effectiveOn}</td>
        </tr>
        {rows.map(({ path, now, before, differs }) => (
          <tr key={path} className={differs ? 'answer-differs' : undefined}>
            <th scope="row">{fieldTitle(path, texts)}</th>
            <td>{before === undefined ? '—' : readValue(path, before, { texts, language })}</td>
            <td>{readValue(path, now, { texts, language })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
