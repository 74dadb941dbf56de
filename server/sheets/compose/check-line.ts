/** The CRS of the map and below it a line of exactly 100 mm, whatever the paper: who prints can measure it. */
import { crsLine } from '../words/crs-line.ts';
import { say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { overflowNotice, type SheetPart } from './part.ts';
import { ink, lineAt, mmPerPt } from './pen.ts';
import { blockIn } from './text-block.ts';

const LENGTH_MM = 100;
const CRS_PT = 8;
const WORDS_PT = 7;

export const checkLinePart: SheetPart = ({ content, language, factor }, box) => {
  const crsBox = { ...box, height: CRS_PT * factor * mmPerPt };
  const crs = blockIn([crsLine(content.plan.crs, language)], crsBox, {
    sizePt: CRS_PT * factor,
    leastPt: 4.5,
    align: 'end',
  });
  const y = box.y + crsBox.height + 1.9 * factor;
  const right = box.x + box.width - 0.1;
  const left = right - LENGTH_MM;
  const tick = 0.9 * factor;
  const wordsTop = y + 1.1 * factor;
  const words = blockIn(
    [say(sheetWords.checkLine, language)],
    { x: left, y: wordsTop, width: LENGTH_MM, height: box.y + box.height - wordsTop },
    { sizePt: WORDS_PT * factor, leastPt: 4.5, align: 'middle', maxLines: 1 },
  );
  return {
    marks: [
      ...crs.marks,
      lineAt(left, y, right, y, 0.2, ink),
      lineAt(left, y - tick, left, y + tick, 0.2, ink),
      lineAt(right, y - tick, right, y + tick, 0.2, ink),
      ...words.marks,
    ],
    notices: crs.overflows ? [overflowNotice({ zh: '坐标系', en: 'Coordinate system' })] : [],
  };
};
