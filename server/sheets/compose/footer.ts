/** The foot of a slide or a picture: date, source, what the lines are not, sample mark, classification, page. */
import { printDay, printNumber } from '../words/quantities.ts';
import { say } from '../words/sheet-language.ts';
import { sheetPhrases } from '../words/sheet-phrases.ts';
import { classificationWords, sheetWords } from '../words/sheet-words.ts';
import { isSchematic } from './notes.ts';
import { overflowNotice, type PartInput, type SheetPart, SLIDE_TEXT } from './part.ts';
import { softInk } from './pen.ts';
import { blockIn } from './text-block.ts';

function footerWords(input: PartInput): string {
  const { content, language } = input;
  const { spec, layout } = content.plan;
  const gap = language === 'en' ? ' ' : '';
  const colon = language === 'en' ? ': ' : ':';
  const day = content.dataAsOf?.newest;
  const parts = [
    day === undefined ? '' : `${say(sheetWords.dataAsOf, language)}${colon}${printDay(day, language)}`,
    spec.slots.producer ?? say(content.bureau, language),
    isSchematic(input) ? say(sheetWords.schematic, language).replace(/[。.]$/, '') : '',
    content.hasSampleData ? say(sheetWords.sampleData, language) : '',
    spec.slots.mapNumber ? `${say(sheetWords.mapNumber, language)}${colon}${spec.slots.mapNumber}` : '',
    layout.parts.classification === undefined ? say(classificationWords[spec.classification], language) : '',
    `${say(sheetWords.dataVersion, language)}${gap}${gap === '' ? ' ' : ''}${content.dataVersion}`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

export const footerPart: SheetPart = (input, box) => {
  const { content, language, factor } = input;
  const unit = content.plan.spec.template === 'slide' ? factor / SLIDE_TEXT : factor;
  const page = content.page;
  const pageWords =
    page === null
      ? ''
      : sheetPhrases.page[language](printNumber(page.number, language), printNumber(page.of, language));
  const sizePt = 8.5 * unit;
  const pageWidth = page === null ? 0 : 40 * unit;
  const words = blockIn(
    [footerWords(input)],
    { ...box, width: box.width - pageWidth },
    {
      sizePt,
      leastPt: 5.5 * unit,
      color: softInk,
      stand: 'middle',
      leading: 1.2,
    },
  );
  const number = blockIn(
    pageWords === '' ? [] : [pageWords],
    { ...box, x: box.x + box.width - pageWidth, width: pageWidth },
    {
      sizePt,
      color: softInk,
      align: 'end',
      stand: 'middle',
    },
  );
  return {
    marks: [...words.marks, ...number.marks],
    notices: words.overflows ? [overflowNotice({ zh: '页脚', en: 'Footer' })] : [],
  };
};
