/** The head of a sheet: title with subtitle, 密级 and page number. */
import { printNumber } from '../words/quantities.ts';
import { say } from '../words/sheet-language.ts';
import { sheetPhrases } from '../words/sheet-phrases.ts';
import { classificationWords } from '../words/sheet-words.ts';
import { overflowNotice, type SheetPart } from './part.ts';
import { mmPerPt, softInk } from './pen.ts';
import { sheetSubtitle, sheetTitle } from './sheet-title.ts';
import { blockIn } from './text-block.ts';

const TITLE_PT = 26;
const SUBTITLE_PT = 12;
const SMALL_PT = 10.5;

/** Title in at most three lines, standing on the subtitle, both centred and close to the map. */
export const titlePart: SheetPart = ({ content, language, factor }, box) => {
  const gap = 1.2 * factor;
  const subtitle = sheetSubtitle(content, language);
  const below = blockIn(
    subtitle === '' ? [] : [subtitle],
    { ...box, height: box.height * 0.4 },
    {
      sizePt: SUBTITLE_PT * factor,
      leastPt: 7 * factor,
      align: 'middle',
      color: softInk,
      maxLines: 2,
      leading: 1.25,
    },
  );
  const room = { ...box, height: box.height - gap - (below.heightMm === 0 ? 0 : below.heightMm + gap) };
  const title = sheetTitle(content, language);
  const above = blockIn(title === '' ? [] : [title], room, {
    sizePt: TITLE_PT * factor,
    leastPt: 11 * factor,
    weight: 'bold',
    align: 'middle',
    stand: 'bottom',
    maxLines: 3,
    leading: 1.2,
  });
  const shift = box.height - gap - below.heightMm;
  return {
    marks: [
      ...above.marks,
      ...below.marks.map((mark) => ({ ...mark, y: Math.round((mark.y + shift) * 1000) / 1000 })),
    ],
    notices: [
      ...(above.overflows ? [overflowNotice({ zh: '图名', en: 'Title' })] : []),
      ...(below.overflows ? [overflowNotice({ zh: '副标题', en: 'Subtitle' })] : []),
    ],
  };
};

/** 密级, top left. */
export const classificationPart: SheetPart = ({ content, language, factor }, box) => {
  const words = say(classificationWords[content.plan.spec.classification], language);
  const { marks } = blockIn([words], box, {
    sizePt: SMALL_PT * factor,
    leastPt: SMALL_PT * factor * 0.6,
    weight: 'bold',
    maxLines: 1,
  });
  return { marks, notices: [] };
};

/** 第 n 页 / 共 m 页, top right; nothing on a sheet that stands alone. */
export const pageNumberPart: SheetPart = ({ content, language, factor }, box) => {
  if (content.page === null) return { marks: [], notices: [] };
  const { number, of } = content.page;
  const words = sheetPhrases.page[language](printNumber(number, language), printNumber(of, language));
  const { marks } = blockIn(
    [words],
    { ...box, height: SMALL_PT * factor * mmPerPt * 2.5 },
    {
      sizePt: SMALL_PT * factor * 0.95,
      align: 'end',
      color: softInk,
      maxLines: 2,
    },
  );
  return { marks, notices: [] };
};
