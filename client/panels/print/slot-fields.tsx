/** The texts of the sheet; one that is left empty is written by the template. */
import { Input } from 'antd';
import type { SheetSlots, SheetSpec } from '../../../geodata/contract/sheets.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { FieldRow } from './field-row.tsx';
import { PrintSection } from './print-section.tsx';
import { slotLengths } from './slot-lengths.ts';
import { changeSlot } from './use-print-sheet.ts';

const lines = ['title', 'subtitle', 'producer', 'drawnBy', 'reviewedBy', 'mapNumber'] as const;
const writtenByTemplate: readonly (keyof SheetSlots)[] = ['title', 'subtitle', 'producer'];

export function SlotFields({ sheet }: { sheet: SheetSpec }) {
  const texts = useSheetTexts();
  const { slots } = sheet;
  const hint = (name: keyof SheetSlots) => {
    if (name === 'mapNumber') return texts.mapNumberHint;
    return writtenByTemplate.includes(name) ? texts.byTemplate : '';
  };
  const change = (name: keyof SheetSlots, text: string) => changeSlot(name, text === '' ? undefined : text);
  return (
    <PrintSection title={texts.texts} note={slots.title ?? ''}>
      {lines.map((name) => (
        <FieldRow key={name} label={texts.slots[name]}>
          {(id) => (
            <Input
              id={id}
              value={slots[name] ?? ''}
              placeholder={hint(name)}
              maxLength={slotLengths[name]}
              onChange={({ target }) => change(name, target.value)}
            />
          )}
        </FieldRow>
      ))}
      <FieldRow label={texts.slots.note}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={slots.note ?? ''}
            rows={3}
            maxLength={slotLengths.note}
            onChange={({ target }) => change('note', target.value)}
          />
        )}
      </FieldRow>
    </PrintSection>
  );
}
