import { expect, test } from 'vitest';
import { drawableText, missingCharacters } from '../../../server/sheets/text/drawable-text.ts';
import { glyphOutline } from '../../../server/sheets/text/glyph-outline.ts';
import { fitText, textWidthMm, wrapText } from '../../../server/sheets/text/measure-text.ts';
import { shapeText } from '../../../server/sheets/text/shape-text.ts';
import { sheetFont } from '../../../server/sheets/text/sheet-fonts.ts';

const em = 25.4 / 72;

test('a Han character is as wide as its size, a figure and a Latin letter less', () => {
  expect(textWidthMm('生态保护红线', 10, 'regular')).toBeCloseTo(60 * em, 9);
  expect(textWidthMm('\u3002\uff08\uff09', 10, 'bold')).toBeCloseTo(30 * em, 9);
  expect(textWidthMm('', 10, 'regular')).toBe(0);
  expect(textWidthMm('12', 10, 'regular')).toBeLessThan(12 * em);
  expect(textWidthMm('AV', 10, 'regular')).toBeLessThan(
    textWidthMm('A', 10, 'regular') + textWidthMm('V', 10, 'regular'),
  );
});

test('the quick path for Han characters gives what the layout engine gives', () => {
  for (const weight of ['regular', 'bold'] as const) {
    const text = '赣州市岿美山钨矿废弃露天矿山生态修复';
    const laid = sheetFont(weight).face.layout(text);
    expect(shapeText(text, weight).glyphs.map(({ id, advance }) => [id, advance])).toEqual(
      laid.glyphs.map(({ id }, index) => [id, laid.positions[index]?.xAdvance]),
    );
  }
});

test('an outline is what the font draws, upside down', () => {
  const commands = (d: string) => d.replace(/[^a-zA-Z]/g, '').toLowerCase();
  for (const character of ['赣', '岿', 'é', 'A', '1']) {
    const [{ id } = { id: 0 }] = shapeText(character, 'regular').glyphs;
    const drawn = sheetFont('regular').face.getGlyph(id).path;
    expect(commands(glyphOutline(id, 'regular'))).toBe(commands(drawn.toSVG()));
    const [, x, y] = /^m(-?\d+) ?(-?\d+)/.exec(glyphOutline(id, 'regular')) ?? [];
    expect([Number(x), 0 - Number(y)]).toEqual(drawn.commands[0]?.args);
  }
  expect(glyphOutline(shapeText(' ', 'regular').glyphs[0]?.id ?? -1, 'regular')).toBe('');
});

test('lines are no wider than asked and hold the whole text', () => {
  const text = '资料来源:县级月报(2025年9月,市级已审核);面积为申报口径。Mine sites of Xingguo County, 2025.';
  for (const width of [20, 33.3, 47, 80]) {
    const lines = wrapText(text, width, 8, 'regular');
    for (const line of lines) expect(textWidthMm(line, 8, 'regular')).toBeLessThanOrEqual(width);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  }
});

test('no line starts with a closing mark or ends with an opening one', () => {
  const text =
    '一二三\u300a四五\u300b\uff0c六七\u3002八九\uff08十\uff09\uff1b甲乙\u3001丙丁\uff1a\u201c戊\u201d己庚\uff01辛';
  for (let characters = 4; characters < 12; characters += 1) {
    const lines = wrapText(text, characters * 10 * em + 0.01, 10, 'regular');
    expect(lines.join('')).toBe(text);
    for (const line of lines) {
      expect(line).not.toMatch(/^[\u300b\uff0c\u3002\uff09\uff1b\u3001\uff1a\u201d\uff01]/);
      expect(line).not.toMatch(/[\u300a\uff08\u201c]$/);
    }
  }
});

test('words, figures and their signs stay whole', () => {
  const lines = wrapText(
    '面积 1 234.56 公顷 比例尺 1:350 000 占 75.9% 南岭 Nanling 115°32′00″',
    22,
    10,
    'regular',
  );
  const text = lines.join('|');
  for (const whole of ['1 234.56', '1:350 000', '75.9%', 'Nanling', '115°32′00″']) {
    expect(text).toContain(whole);
  }
});

test('a word wider than a line is broken rather than clipped', () => {
  const lines = wrapText('Donaudampfschifffahrtsgesellschaft', 20, 10, 'regular');
  expect(lines.join('')).toBe('Donaudampfschifffahrtsgesellschaft');
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(textWidthMm(line, 10, 'regular')).toBeLessThanOrEqual(20);
});

test('line breaks stay, empty lines too, and nothing gives no line', () => {
  expect(wrapText('甲\n\n乙\r\n丙', 50, 10, 'regular')).toEqual(['甲', '', '乙', '丙']);
  expect(wrapText('', 50, 10, 'regular')).toEqual([]);
});

test('a text is made smaller until it fits, and overflow is said', () => {
  expect(fitText('生态保护红线', 100, 10, 'bold')).toEqual({
    lines: ['生态保护红线'],
    sizePt: 10,
    overflows: false,
  });
  const fitted = fitText('生态保护红线', 6 * 8 * em + 0.01, 10, 'bold');
  expect(fitted).toEqual({ lines: ['生态保护红线'], sizePt: 8, overflows: false });
  const over = fitText('生态保护红线'.repeat(3), 20, 10, 'bold', { leastPt: 7, maxLines: 2 });
  expect(over.overflows).toBe(true);
  expect(over.sizePt).toBe(7);
  expect(over.lines.join('')).toBe('生态保护红线'.repeat(3));
});

test('characters the fonts lack are named and drawn as one sees', () => {
  expect(missingCharacters('赣가나가\u0007')).toEqual(['가', '나', '\u0007']);
  expect(missingCharacters('岿𬭚\n⑳′″≈✓㎡')).toEqual([]);
  expect(drawableText('赣가\u0007\t州\u200b')).toBe('赣□□ 州');
  expect(textWidthMm('가', 10, 'regular')).toBeGreaterThan(0);
  expect(drawableText('\uD800')).toBe('□');
});

test('both weights have the same characters', () => {
  const [regular, bold] = [sheetFont('regular'), sheetFont('bold')].map(({ face }) =>
    face.characterSet.join(),
  );
  expect(bold).toBe(regular);
});
