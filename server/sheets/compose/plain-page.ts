/** Pages of a series that have no map: head with title, 密级 and page number, foot with bureau, date and sample mark. */
import type { Classification } from '../../../geodata/contract/sheets.ts';
import { type Orientation, type PaperId, paperSizeMm } from '../../../geodata/domain/sheet-paper.ts';
import { sizeFactorOf } from '../../../geodata/domain/sheet-parts.ts';
import type { Box, Mark, Page } from '../page.ts';
import { printDay, printNumber } from '../words/quantities.ts';
import { type SheetLanguage, say } from '../words/sheet-language.ts';
import { sheetPhrases } from '../words/sheet-phrases.ts';
import { classificationWords, sheetWords } from '../words/sheet-words.ts';
import { boxAt, groupOf, softInk } from './pen.ts';
import { blockIn } from './text-block.ts';
import { watermark } from './watermark.ts';

export type PlainPage = {
  title: string;
  /** '' for none. */
  subtitle: string;
  language: SheetLanguage;
  paper: PaperId;
  orientation: Orientation;
  classification: Classification;
  bureau: string;
  /** YYYY-MM-DD, 制图日期. */
  date: string;
  hasSampleData: boolean;
  /** User and time on 工作秘密(内部); null on others. */
  watermark: string | null;
  page: { number: number; of: number } | null;
};

/** Factor on text sizes, and the room between head and foot, in millimetres. */
export function plainRoom({ paper, orientation }: Pick<PlainPage, 'paper' | 'orientation'>): {
  factor: number;
  room: Box;
} {
  const size = paperSizeMm(paper, orientation);
  const factor = sizeFactorOf(size);
  const [left, right] = [20 * Math.max(1, factor), 12 * factor];
  const [top, bottom] = [36 * factor, 20 * factor];
  return {
    factor,
    room: { x: left, y: top, width: size.widthMm - left - right, height: size.heightMm - top - bottom },
  };
}

/** The page with these marks in its room. */
export function plainPage(page: PlainPage, marks: readonly Mark[]): Page {
  const { language } = page;
  const size = paperSizeMm(page.paper, page.orientation);
  const { factor, room } = plainRoom(page);
  const whole = { x: 0, y: 0, width: size.widthMm, height: size.heightMm };
  const side = 44 * factor;
  const small = { sizePt: 10 * factor, leastPt: 6 * factor, maxLines: 1 };
  const top = { ...room, y: 10 * factor, height: 6 * factor };
  const number =
    page.page === null
      ? ''
      : sheetPhrases.page[language](
          printNumber(page.page.number, language),
          printNumber(page.page.of, language),
        );
  const foot = [
    page.bureau,
    printDay(page.date, language),
    page.hasSampleData ? say(sheetWords.sampleData, language) : '',
  ];
  return {
    ...size,
    title: page.title,
    language,
    map: null,
    marks: [
      boxAt(whole, { fill: '#FFFFFF' }),
      groupOf('head', [
        ...blockIn(
          [say(classificationWords[page.classification], language)],
          { ...top, width: side },
          { ...small, weight: 'bold' },
        ).marks,
        ...blockIn(
          [number].filter(Boolean),
          { ...top, x: room.x + room.width - side, width: side },
          { ...small, align: 'end', color: softInk },
        ).marks,
        ...blockIn(
          [page.title],
          { ...room, y: 16 * factor, height: 11 * factor },
          {
            sizePt: 22 * factor,
            leastPt: 8 * factor,
            weight: 'bold',
            align: 'middle',
            stand: 'middle',
            maxLines: 2,
            leading: 1.15,
          },
        ).marks,
        ...blockIn(
          [page.subtitle].filter(Boolean),
          { ...room, y: 28 * factor, height: 5 * factor },
          {
            sizePt: 11 * factor,
            align: 'middle',
            color: softInk,
            maxLines: 1,
          },
        ).marks,
      ]),
      groupOf('content', marks),
      groupOf(
        'foot',
        blockIn(
          [foot.filter(Boolean).join(' · ')],
          { ...room, y: room.y + room.height + 6 * factor, height: 5 * factor },
          {
            ...small,
            sizePt: 8.5 * factor,
            color: softInk,
          },
        ).marks,
      ),
      ...(page.watermark === null ? [] : [groupOf('watermark', watermark(page.watermark, whole, factor))]),
    ],
  };
}
