/** The first rows of the file as they were decoded. */
import type { Inspection } from '../../../geodata/contract/imports.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';

export function SampleRows({ inspection }: { inspection: Inspection }) {
  const { inspect: texts } = useTexts().imports;
  const language = useLanguage();
  const { columns, sampleRows } = inspection;
  if (sampleRows.length === 0) return <p className="quiet">{texts.noRows}</p>;
  return (
    <section
      className="dense-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls sideways must be reached by keys
      tabIndex={0}
      aria-label={texts.sample(formatNumber(sampleRows.length, language))}
    >
      <table className="dense-table">
        <thead>
          <tr>
            <th scope="col" className="figure">
              {texts.row}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sampleRows.map(({ row, values }) => (
            <tr key={row}>
              <th scope="row" className="figure">
                {formatNumber(row, language)}
              </th>
              {columns.map((column) => (
                <td key={column}>{values[column] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
