/** What a label takes on paper: its lines, its size, its marks at a place. Millimetres; pure. */
import type { FontWeight, TextMark } from '../page.ts';

export const mmPerPoint = 25.4 / 72;
/** Share of the size that stands above the baseline (Han characters), and the height of a line of a label. */
const ASCENT = 0.88;
const LINE_HEIGHT = 1.12;

export type MeasureText = (text: string, sizePt: number, weight: FontWeight) => number;

export type LabelText = {
  lines: string[];
  sizePt: number;
  weight: FontWeight;
  color: string;
  width: number;
  height: number;
};

export type LabelFont = { sizePt: number; weight: FontWeight; color: string };

/** The text in as many lines of similar length as its width asks for, at most three; a longer one stays wide. */
export function labelText(text: string, font: LabelFont, widestMm: number, measure: MeasureText): LabelText {
  const widthOf = (line: string): number => measure(line, font.sizePt, font.weight);
  const count = Math.min(3, Math.max(1, Math.ceil(widthOf(text) / widestMm)));
  const lines = splitEvenly(text, count);
  return {
    ...font,
    lines,
    width: Math.max(...lines.map(widthOf)),
    height: lines.length * font.sizePt * mmPerPoint * LINE_HEIGHT,
  };
}

/** Between words, Chinese ones too, so that no 国家 is torn apart; no line begins with a closing mark. */
const words = new Intl.Segmenter('zh', { granularity: 'word' });

function splitEvenly(text: string, count: number): string[] {
  if (count === 1) return [text];
  const units = text.includes(' ')
    ? text.split(/(?<= )/)
    : Array.from(words.segment(text), ({ segment }) => segment);
  const share = text.length / count;
  const lines: string[] = [''];
  let used = 0;
  for (const unit of units) {
    const isFull = used + unit.length / 2 > share * lines.length && lines.length < count;
    if (isFull && lines.at(-1) !== '' && !/^[,。、)》」,.)]/.test(unit)) lines.push('');
    lines[lines.length - 1] += unit;
    used += unit.length;
  }
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

/** Marks with the middle of the text at (x, y), turned clockwise about it. */
export function labelMarks(label: LabelText, x: number, y: number, degrees = 0): TextMark[] {
  const { sizePt, weight, color } = label;
  const size = sizePt * mmPerPoint;
  const radians = (degrees * Math.PI) / 180;
  return label.lines.map((text, index): TextMark => {
    const down = -label.height / 2 + size * (index * LINE_HEIGHT + ASCENT + (LINE_HEIGHT - 1) / 2);
    return {
      kind: 'text',
      text,
      x: round(x - Math.sin(radians) * down),
      y: round(y + Math.cos(radians) * down),
      sizePt,
      weight,
      color,
      align: 'middle',
      ...(degrees === 0 ? {} : { degrees: Math.round(degrees * 100) / 100 }),
      halo: { color: '#FFFFFF', widthMm: round(size * 0.2) },
    };
  });
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
