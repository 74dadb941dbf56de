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

export const imprintPart: SheetPart = (input, box) => {
  const { language, factor } = input;
  const { marks, room } = panelIn(box, '', factor);
  const rows = rowsOf(input);
  const height = room.height / rows.length;
  const sizePt = Math.min(LABEL_PT * factor, height / mmPerPt / 1.15);
  const labels = rows.map(([label]) => say(label, language));
  const labelWidth = Math.max(...labels.map((label) => textWidthMm(label, sizePt, 'regular'))) + 2.5 * factor;
  const notices = rows.flatMap(([label, value], index) => {
    const row = { x: room.x, y: room.y + index * height, width: room.width, height };
    marks.push(
      ...blockIn([labels[index] ?? ''], row, { sizePt, leastPt: sizePt, color: softInk, stand: 'middle' })
        .marks,
    );
    const place = { ...row, x: row.x + labelWidth, width: row.width - labelWidth };
    const block = blockIn([value], place, {
      sizePt,
      leastPt: Math.min(sizePt, 5 * factor),
      stand: 'middle',
      leading: 1.1,
    });
    marks.push(...block.marks);
    return block.overflows ? [overflowNotice(label)] : [];
  });
  return { marks, notices };
};
