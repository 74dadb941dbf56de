/** The arrow to true north at the centre of the map, 8 × 16 mm, in the corner that the map keeps free for it. */
import type { Box, Mark } from '../page.ts';
import { say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';
import type { PartInput } from './part.ts';
import { ink, mm, mmPerPt, textAt } from './pen.ts';

const ARROW = { width: 8, height: 16 };
const WORD_PT = 11;
/** Half an arrow of 8 × 16 units about its middle, pointing up. */
const DARK = 'M0 -8L-4 8L0 5Z';
const LIGHT = 'M0 -8L4 8L0 5Z';

export function northArrow({ content, language, factor }: PartInput, box: Box): Mark[] {
  const wordHeight = WORD_PT * factor * mmPerPt;
  const arrowHeight = Math.min(ARROW.height * factor, box.height - wordHeight - 0.8 * factor);
  const scale = mm(arrowHeight / ARROW.height);
  const middleX = box.x + box.width / 2;
  const top = box.y + (box.height - wordHeight - 0.8 * factor - arrowHeight) / 2;
  const middleY = top + wordHeight + 0.8 * factor + arrowHeight / 2;
  const at = { x: mm(middleX), y: mm(middleY), scale, degrees: mm(content.plan.northDegrees) };
  const halo = { color: '#FFFFFF', widthMm: mm(0.8 * factor) };
  return [
    { kind: 'path', d: `${DARK}${LIGHT}`, stroke: { color: '#FFFFFF', widthMm: 1.2 }, at },
    { kind: 'path', d: DARK, fill: { color: ink }, at },
    { kind: 'path', d: LIGHT, fill: { color: '#FFFFFF' }, stroke: { color: ink, widthMm: 0.3 }, at },
    textAt(say(sheetWords.north, language), middleX, top + wordHeight * 0.9, {
      sizePt: WORD_PT * factor,
      weight: 'bold',
      align: 'middle',
      halo,
    }),
  ];
}
