/** The day the sheet is of, its classification and language, and the grid on its map. */
import { type SheetSpec, sheetLanguages } from '../../../geodata/contract/sheets.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useTexts } from '../../i18n/text.ts';
import { FieldRow } from './field-row.tsx';
import { PrintSection } from './print-section.tsx';
import { changeSheet } from './use-print-sheet.ts';

const graticules = ['degrees', 'kilometres', 'both', 'none'] as const;
const ranks = ['internal', 'on_request', 'public'] as const;

export function SettingFields({ sheet }: { sheet: SheetSpec }) {
  const texts = useSheetTexts();
  const { classification } = useTexts();
  return (
    <PrintSection title={texts.settings} note={classification[sheet.classification]}>
      <FieldRow label={texts.classification}>
        {(id) => (
          <select
            id={id}
            value={sheet.classification}
            onChange={({ target }) =>
              changeSheet({ classification: target.value as SheetSpec['classification'] })
            }
          >
            {ranks.map((each) => (
              <option key={each} value={each}>
                {classification[each]}
              </option>
            ))}
          </select>
        )}
      </FieldRow>
      <FieldRow label={texts.asOf}>
        {(id) => (
          <input
            id={id}
            type="date"
            className="print-date"
            title={texts.asOfHint}
            value={sheet.asOf ?? ''}
            max={new Date().toISOString().slice(0, 10)}
            onChange={({ target }) => changeSheet({ asOf: target.value === '' ? undefined : target.value })}
          />
        )}
      </FieldRow>
      <FieldRow label={texts.language}>
        {(id) => (
          <select
            id={id}
            value={sheet.language}
            onChange={({ target }) => changeSheet({ language: target.value as SheetSpec['language'] })}
          >
            {sheetLanguages.map((each) => (
              <option key={each} value={each}>
                {texts.languages[each]}
              </option>
            ))}
          </select>
        )}
      </FieldRow>
      <FieldRow label={texts.graticule}>
        {(id) => (
          <select
            id={id}
            value={sheet.graticule}
            onChange={({ target }) => changeSheet({ graticule: target.value as SheetSpec['graticule'] })}
          >
            {graticules.map((each) => (
              <option key={each} value={each}>
                {texts.graticules[each]}
              </option>
            ))}
          </select>
        )}
      </FieldRow>
    </PrintSection>
  );
}
