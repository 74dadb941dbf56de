/** What kind of sheet it is to be. */
import { type SheetSpec, sheetTemplateIds } from '../../../geodata/contract/sheets.ts';
import { sheetTemplates } from '../../../geodata/domain/sheet-templates.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useWord } from '../../i18n/text.ts';
import { useTemplateChoice } from './use-print-sheet.ts';

export function TemplateCards({ sheet }: { sheet: SheetSpec }) {
  const texts = useSheetTexts();
  const word = useWord();
  const choose = useTemplateChoice();
  return (
    <fieldset className="template-cards">
      <legend className="visually-hidden">{texts.template}</legend>
      {sheetTemplateIds.map((id) => {
        const { title, description, paper } = sheetTemplates[id];
        return (
          <label key={id} className="template-card" title={word(description)}>
            <input
              type="radio"
              name="sheet-template"
              checked={sheet.template === id}
              onChange={() => choose(id)}
            />
            <span className={`template-paper template-paper-${id}`} aria-hidden="true" />
            <span className="template-name">{word(title)}</span>
            <small>{paper === 'slide' ? '16:9' : paper}</small>
          </label>
        );
      })}
    </fieldset>
  );
}
