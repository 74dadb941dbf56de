/** 说明: sources with their 资料截止日期, how areas are counted, what the lines are not, and the note of the spec. */
import { printDay } from '../words/quantities.ts';
import { type SheetLanguage, say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { panelIn, panelOverhead } from './panel.ts';
import { overflowNotice, type PartInput, type SheetPart } from './part.ts';
import { type BlockLook, blockHeight, blockIn } from './text-block.ts';

const NOTE_PT = 7.5;

/**
 * Layers that come from one dataset and day share a line: `县界、水系:来源(资料截止2025年9月30日)`. The day stands in
 * `day` instead where it is that of all.
 */
export function sourceLines({ content, language, drawn }: PartInput): {
  lines: string[];
  day: string | null;
} {
  const bySource = new Map<string, string[]>();
  const days = new Set(
    drawn.flatMap(({ layerId, entries }) =>
      entries.length === 0
        ? []
        : (content.layers.find((layer) => layer.layerId === layerId)?.datasets ?? []).map(({ asOf }) => asOf),
    ),
  );
  const [only] = days;
  const day = days.size === 1 && only !== undefined ? only : null;
  for (const { layerId, entries } of drawn) {
    const layer = content.layers.find((candidate) => candidate.layerId === layerId);
    const definition = content.plan.layers.find((planned) => planned.definition.id === layerId)?.definition;
    if (layer === undefined || definition === undefined || entries.length === 0) continue;
    for (const { kind, source, asOf } of layer.datasets) {
      const words = kind === 'sample' ? say(definition.source, language) : source;
      const line = day === null ? sourceWords(words, asOf, language) : words;
      const titles = bySource.get(line) ?? [];
      if (!titles.includes(say(definition.title, language))) titles.push(say(definition.title, language));
      bySource.set(line, titles);
    }
  }
  const [joint, colon] = language === 'en' ? [', ', ': '] : ['、', ':'];
  return { day, lines: [...bySource].map(([line, titles]) => `${titles.join(joint)}${colon}${line}`) };
}

/** `资料来源(资料截止2025年9月30日):…。` */
function sourcesWords({ lines, day }: ReturnType<typeof sourceLines>, language: SheetLanguage): string {
  if (language === 'en') {
    return `${say(sheetWords.sources, language)}${day === null ? '' : ` (${dayWords(day, language)})`}: ${lines.join('; ')}.`;
  }
  return `${say(sheetWords.sources, language)}${day === null ? '' : `(${dayWords(day, language)})`}:${lines.join(';')}。`;
}

function sourceWords(source: string, asOf: string, language: SheetLanguage): string {
  const day = dayWords(asOf, language);
  return language === 'en' ? `${source} (${day})` : `${source}(${day})`;
}

function dayWords(day: string, language: SheetLanguage): string {
  return `${say(sheetWords.asOf, language)}${language === 'en' ? ' ' : ''}${printDay(day, language)}`;
}

/** Whether lines are drawn that nobody has reviewed: sample data, or administrative borders without 审图号. */
export function isSchematic({ content }: PartInput): boolean {
  const mapNumber = content.plan.spec.slots.mapNumber ?? '';
  return content.hasSampleData || mapNumber === '';
}

/** Paragraphs of the notes, the most binding first. */
export function noteParagraphs(input: PartInput): string[] {
  const { content, language, drawn } = input;
  const hasMines = drawn.some(({ layerId, entries }) => layerId.startsWith('mine_') && entries.length > 0);
  const sources = sourceLines(input);
  return [
    ...(isSchematic(input) ? [say(sheetWords.schematic, language)] : []),
    ...(content.hasSampleData ? [say(sheetWords.sampleNote, language)] : []),
    ...(content.plan.spec.classification === 'internal' ? [say(sheetWords.internalNote, language)] : []),
    ...(content.plan.spec.slots.note ?? '').split('\n').filter((line) => line.trim() !== ''),
    say(hasMines ? sheetWords.declaredBasis : sheetWords.measuredBasis, language),
    ...(sources.lines.length === 0 ? [] : [sourcesWords(sources, language)]),
  ];
}

export const notesPart: SheetPart = (input, box) => {
  const { language, factor } = input;
  const { marks, room } = panelIn(box, say(sheetWords.notes, language), factor);
  const block = blockIn(noteParagraphs(input), room, look(factor));
  return {
    marks: [...marks, ...block.marks],
    notices: block.overflows ? [overflowNotice(sheetWords.notes)] : [],
  };
};

/** Height of the notes at their full size. */
export function notesHeight(input: PartInput, width: number): number {
  const { factor } = input;
  return (
    panelOverhead(factor) + blockHeight(noteParagraphs(input), width - 2 * 2.6 * factor, look(factor)) + 0.2
  );
}

function look(factor: number): BlockLook {
  return { sizePt: NOTE_PT * factor, leastPt: 4.6 * Math.max(1, factor), leading: 1.4 };
}
