/** 图签: who made the sheet, when, from which state of the data, and its 审图号 if there is one. */
import type { Bilingual } from '../../../geodata/catalogue/layer-definition.ts';
import { textWidthMm } from '../text/measure-text.ts';
import { printDay } from '../words/quantities.ts';
import { say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { panelIn } from './panel.ts';
import { overflowNotice, type PartInput, type SheetPart } from './part.ts';
import { mmPerPt, softInk } from './pen.ts';
import { blockIn } from './text-block.ts';

const LABEL_PT = 8.5;
const ROW_MM = 4.9;

function rowsOf({ content, language }: PartInput): [Bilingual, string][] {
  const { slots } = content.plan.spec;
  const producer = slots.producer ?? say(content.bureau, language);
  const people = [slots.drawnBy ?? '', slots.reviewedBy ?? ''];
  const rows: [Bilingual, string][] = [];
  if (producer !== '') rows.push([sheetWords.producer, producer]);
  rows.push([sheetWords.drawnAndReviewed, people.join(' / ').trim()]);
  rows.push([sheetWords.date, printDay(content.date, language)]);
  rows.push([sheetWords.dataVersion, content.dataVersion]);
  if (slots.mapNumber !== undefined && slots.mapNumber !== '')
    rows.push([sheetWords.mapNumber, slots.mapNumber]);
  return rows;
}

/** Lines a value takes at its full size, at most two, and where it stands. */
function settle(input: PartInput, width: number) {
  const { language, factor } = input;
  const rows = rowsOf(input);
  const sizePt = LABEL_PT * factor;
  const labels = rows.map(([label]) => say(label, language));
  const labelWidth = Math.max(...labels.map((label) => textWidthMm(label, sizePt, 'regular'))) + 2.5 * factor;
  const room = width - 2 * 2.6 * factor - labelWidth;
  const lines = rows.map(([, value]) => (textWidthMm(value, sizePt, 'regular') > room ? 2 : 1));
  return { rows, labels, labelWidth, lines };
}

/** Height at which every row has its full size. */
export function imprintHeight(input: PartInput, width: number): number {
  const lines = settle(input, width).lines.reduce((sum, count) => sum + (count === 2 ? 1.7 : 1), 0);
  return lines * ROW_MM * input.factor + 2 * 2.6 * input.factor;
}

export const imprintPart: SheetPart = (input, box) => {
  const { factor } = input;
  const { marks, room } = panelIn(box, '', factor);
  const { rows, labels, labelWidth, lines } = settle(input, box.width);
  const shares = lines.map((count) => (count === 2 ? 1.7 : 1));
  const unit = room.height / shares.reduce((sum, share) => sum + share, 0);
  const sizePt = Math.min(LABEL_PT * factor, unit / mmPerPt / 1.15);
  let y = room.y;
  const notices = rows.flatMap(([label, value], index) => {
    const height = unit * (shares[index] ?? 1);
    const row = { x: room.x, y, width: room.width, height };
    y += height;
    const look = { sizePt, stand: 'middle' as const };
    marks.push(...blockIn([labels[index] ?? ''], row, { ...look, leastPt: sizePt, color: softInk }).marks);
    const place = { ...row, x: row.x + labelWidth, width: row.width - labelWidth };
    const block = blockIn([value], place, { ...look, leastPt: Math.min(sizePt, 5 * factor), leading: 1.1 });
    marks.push(...block.marks);
    return block.overflows ? [overflowNotice(label)] : [];
  });
  return { marks, notices };
};
