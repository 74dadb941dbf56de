/** How long each text of a sheet may be: as the contract has it. */
import { type SheetSlots, sheetSlotsSchema } from '../../../geodata/contract/sheets.ts';

const { shape } = sheetSlotsSchema;

/** Characters. */
export const slotLengths: Record<keyof SheetSlots, number> = {
  title: lengthOf(shape.title),
  subtitle: lengthOf(shape.subtitle),
  producer: lengthOf(shape.producer),
  drawnBy: lengthOf(shape.drawnBy),
  reviewedBy: lengthOf(shape.reviewedBy),
  mapNumber: lengthOf(shape.mapNumber),
  note: lengthOf(shape.note),
};

function lengthOf(slot: { unwrap(): { maxLength: number | null } }): number {
  return slot.unwrap().maxLength ?? Number.POSITIVE_INFINITY;
}
