/** The headline of a slide: a sentence with the number, below it the campaign and how it is counted. */
import { printArea, printCount, printDay, printNumber, printShare } from '../words/quantities.ts';
import { say } from '../words/sheet-language.ts';
import { sheetPhrases } from '../words/sheet-phrases.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { overflowNotice, type PartInput, type SheetPart, SLIDE_TEXT } from './part.ts';
import { accent, lineAt, softInk } from './pen.ts';
import { progressBase } from './progress-table.ts';
import { sheetTitle, subjectName } from './sheet-title.ts';
import { blockIn } from './text-block.ts';

/** The slot's title if there is one, else the sentence; without figures the template's title. */
export function headlineWords({ content, language }: PartInput): string {
  const { spec } = content.plan;
  const base = progressBase(content);
  if (spec.slots.title !== undefined || content.progress === null || base === null)
    return sheetTitle(content, language);
  const { completed } = content.progress.total;
  return sheetPhrases.headline[language](
    printDay(content.effectiveOn ?? content.progress.asOf, language),
    subjectName(content, language),
    printNumber(completed.count, language),
    printArea(completed.areaSquareMeters, 'km2', language).replace(
      'km²',
      language === 'en' ? 'km²' : '平方公里',
    ),
    printShare(completed.count, base.base.count, language),
  );
}

function subline({ content, language }: PartInput): string {
  const { progress } = content;
  const base = progressBase(content);
  if (content.plan.spec.slots.subtitle !== undefined) return content.plan.spec.slots.subtitle;
  if (progress === null || base === null) return '';
  const parts = [
    progress.campaign === null ? '' : say(progress.campaign.name, language),
    `${say(base.isAssigned ? sheetWords.assigned : sheetWords.ledger, language)} ${printCount(base.base.count, language === 'en' ? 'sites' : '座', language)}${language === 'en' ? ', ' : '、'}${printArea(base.base.areaSquareMeters, 'km2', language)}`,
    say(sheetWords.basis, language),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

export const headlinePart: SheetPart = (input, box) => {
  const unit = input.factor / SLIDE_TEXT;
  const ruleY = box.y + box.height - 0.5 * unit;
  const sub = blockIn(
    [subline(input)],
    { ...box, y: ruleY - 8.2 * unit, height: 6.4 * unit },
    {
      sizePt: 11.5 * unit,
      leastPt: 7.5 * unit,
      color: softInk,
      maxLines: 2,
      leading: 1.2,
      stand: 'middle',
    },
  );
  const head = blockIn(
    [headlineWords(input)],
    { ...box, height: box.height - 10 * unit },
    {
      sizePt: 25 * unit,
      leastPt: 12 * unit,
      weight: 'bold',
      stand: 'middle',
      maxLines: 2,
      leading: 1.15,
    },
  );
  return {
    marks: [...head.marks, ...sub.marks, lineAt(box.x, ruleY, box.x + box.width, ruleY, 0.8 * unit, accent)],
    notices: [
      ...(head.overflows ? [overflowNotice({ zh: '标题', en: 'Headline' })] : []),
      ...(sub.overflows ? [overflowNotice({ zh: '副标题', en: 'Subtitle' })] : []),
    ],
  };
};
