/** Scale bar with round lengths and the numeric scale, both true at the centre of the map. */

import type { Mark } from '../page.ts';
import { textWidthMm } from '../text/measure-text.ts';
import { printNumber, printScale } from '../words/quantities.ts';
import type { SheetPart } from './part.ts';
import { baselineBelow, baselineInRow, boxAt, ink, mm, mmPerPt, textAt } from './pen.ts';

const SEGMENTS = 4;
const LABEL_PT = 7.5;
const SCALE_PT = 13;

/** Length of one of four segments in metres: the longest of 1, 2, 2.5 or 5 × 10ⁿ whose bar is not longer than `mostMm`. */
export function scaleBarSegment(scale: number, mostMm: number): number {
  const most = (mostMm / 1000 / SEGMENTS) * scale;
  const magnitude = 10 ** Math.floor(Math.log10(most));
  const step = [5, 2.5, 2, 1].find((candidate) => candidate * magnitude <= most * (1 + 1e-9)) ?? 1;
  return step * magnitude;
}

/** Bar at the left, numeric scale at the right of it. */
export const scaleBarPart: SheetPart = ({ content, language, factor }, box) => {
  const { scale } = content.plan;
  const scaleWords = printScale(scale);
  const scalePt = SCALE_PT * factor;
  const scaleWidth = textWidthMm(scaleWords, scalePt, 'bold');
  const labelPt = LABEL_PT * factor;
  const margin = textWidthMm('0', labelPt, 'regular');
  const room = box.width - scaleWidth - 14 * factor - 2 * margin;
  const segment = scaleBarSegment(scale, Math.max(12, Math.min(room, 90 * factor)));
  const segmentMm = (segment / scale) * 1000;
  const height = 1.4 * factor;
  const top = box.y + 1.6 * factor;
  const left = box.x + margin;
  const inKilometres = segment * SEGMENTS >= 2000;
  const unit = inKilometres ? 'km' : 'm';
  const marks: Mark[] = [];
  for (let index = 0; index < SEGMENTS; index += 1) {
    const segmentBox = { x: left + index * segmentMm, y: top, width: segmentMm, height };
    const fill = index % 2 === 0 ? ink : '#FFFFFF';
    marks.push(boxAt(segmentBox, { fill, stroke: ink, widthMm: 0.2 * factor }));
  }
  const y = baselineBelow(top + height + 0.9 * factor, labelPt);
  let lastEnd = Number.NEGATIVE_INFINITY;
  for (let index = 0; index <= SEGMENTS; index += 1) {
    const value = (index * segment) / (inKilometres ? 1000 : 1);
    const figure = printNumber(value, language, decimalsOf(value));
    const x = left + index * segmentMm;
    const width = textWidthMm(figure, labelPt, 'regular');
    const isLast = index === SEGMENTS;
    if (!isLast && x - width / 2 < lastEnd + 0.8 * factor) continue;
    if (isLast) dropCrowded(marks, x - width / 2 - 0.8 * factor, labelPt);
    marks.push(textAt(figure, x, y, { sizePt: labelPt, align: 'middle' }));
    if (isLast) marks.push(textAt(unit, x + width / 2 + 0.8 * factor, y, { sizePt: labelPt }));
    lastEnd = x + width / 2;
  }
  const scaleX = left + SEGMENTS * segmentMm + margin + 10 * factor;
  const scaleY = baselineInRow(top - 0.4 * factor, scalePt * mmPerPt, scalePt);
  marks.push(textAt(scaleWords, scaleX, scaleY, { sizePt: scalePt, weight: 'bold' }));
  return { marks, notices: [] };
};

function decimalsOf(value: number): number {
  return Number.isInteger(mm(value)) ? 0 : (String(mm(value)).split('.')[1]?.length ?? 0);
}

/** Takes labels away that reach beyond `from`, where the last one begins. */
function dropCrowded(marks: Mark[], from: number, sizePt: number): void {
  for (let index = marks.length - 1; index >= 0; index -= 1) {
    const mark = marks[index];
    if (mark?.kind === 'text' && mark.x + textWidthMm(mark.text, sizePt, 'regular') / 2 > from)
      marks.splice(index, 1);
  }
}
