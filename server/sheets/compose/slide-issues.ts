/** 主要问题 of a slide in at most three lines, only what the data says; the spec's note is what comes next. */
import type { Measure } from '../../../geodata/contract/progress.ts';
import { printCount, printNumber } from '../words/quantities.ts';
import { say } from '../words/sheet-language.ts';
import { sheetPhrases } from '../words/sheet-phrases.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { type CountyProgress, countyProgress } from './county-progress.ts';
import { nothing, overflowNotice, type PartInput, type SheetPart, SLIDE_TEXT } from './part.ts';
import { baselineInRow, boxAt, inside, mmPerPt, textAt } from './pen.ts';
import { blockIn } from './text-block.ts';

const FILL = '#FFF8E6';
const EDGE = '#E0B84C';
const LINES = 3;
const NAMED = 3;

/** Lines with their numbers: past plan year, rectifying, silent; then the note. What is zero is not told. */
export function issueLines({ content, language }: PartInput): string[] {
  const { progress } = content;
  if (progress === null) return [];
  const counties = countyProgress(progress);
  const lines: string[] = [];
  const tell = (
    phrase: 'overdue' | 'rectifying' | 'silent',
    whole: Measure,
    of: (county: CountyProgress) => Measure,
  ) => {
    if (whole.count === 0) return;
    const sites =
      language === 'en' ? printCount(whole.count, 'sites', language) : printNumber(whole.count, language);
    lines.push(
      sheetPhrases[phrase][language](
        sites,
        whereWords(counties, of, content.plan.focus.kind === 'county', language),
      ),
    );
  };
  tell('overdue', progress.attention.overdue, ({ attention }) => attention.overdue);
  tell('rectifying', progress.total.rectifying, ({ standing }) => standing.rectifying);
  tell('silent', progress.attention.silent, ({ attention }) => attention.silent);
  if (lines.length === 0) lines.push(say(sheetWords.noIssues, language));
  const note = (content.plan.spec.slots.note ?? '').split('\n').filter((line) => line.trim() !== '');
  return [...lines.slice(0, Math.max(1, LINES - note.length)), ...note];
}

/** `(安远县 3、于都县 2 等)`: the counties with most of them. */
function whereWords(
  counties: readonly CountyProgress[],
  of: (county: CountyProgress) => Measure,
  isOneCounty: boolean,
  language: PartInput['language'],
): string {
  if (isOneCounty) return '';
  const there = counties
    .filter((county) => of(county).count > 0)
    .sort((a, b) => of(b).count - of(a).count || (a.adcode < b.adcode ? -1 : 1));
  if (there.length === 0) return '';
  const named = there
    .slice(0, NAMED)
    .map((county) => `${say(county.name, language)} ${printNumber(of(county).count, language)}`);
  const isAll = there.length <= NAMED;
  if (language === 'en') return ` (${named.join(', ')}${isAll ? '' : ' and others'})`;
  return `(${named.join('、')}${isAll ? '' : ' 等'})`;
}

export const issuesPart: SheetPart = (input, box) => {
  const lines = issueLines(input);
  if (lines.length === 0) return nothing;
  const { language, content } = input;
  const unit = input.factor / SLIDE_TEXT;
  const hasNote = (content.plan.spec.slots.note ?? '').trim() !== '';
  const heading = say(hasNote ? sheetWords.issuesAndSteps : sheetWords.issues, language);
  const room = inside(box, 3 * unit);
  const headingPt = 12.5 * unit;
  const headingHeight = headingPt * mmPerPt * 1.5;
  const block = blockIn(
    lines.map((line) => `• ${line}`),
    { ...room, y: room.y + headingHeight, height: room.height - headingHeight },
    { sizePt: 11.5 * unit, leastPt: 7.5 * unit, leading: 1.45 },
  );
  return {
    marks: [
      boxAt(box, { fill: FILL, stroke: EDGE, widthMm: 0.25 * unit }),
      textAt(heading, room.x, baselineInRow(room.y - 0.5 * unit, headingHeight, headingPt), {
        sizePt: headingPt,
        weight: 'bold',
      }),
      ...block.marks,
    ],
    notices: block.overflows ? [overflowNotice(sheetWords.issues)] : [],
  };
};
