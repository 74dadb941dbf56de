import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { Mark } from '../../../server/sheets/page.ts';
import { writeSvg } from '../../../server/sheets/writers/write-svg.ts';
import { filled, line100, pageWith, words } from './sample-pages.ts';

type Element = { name: string; attributes: Record<string, string> };

/** Elements in order; throws where it is no well-formed XML. */
function elementsOf(svg: string): Element[] {
  const elements: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    elements.push({ name, attributes: attributes as Record<string, string> });
  });
  parser.write(svg).close();
  return elements;
}

test('a page is as large as its paper, in millimetres, and says its title', () => {
  const svg = writeSvg(pageWith([line100]));
  expect(elementsOf(svg)[0]?.attributes).toMatchObject({
    width: '297mm',
    height: '210mm',
    viewBox: '0 0 297 210',
  });
  expect(svg).toContain('<title>兴国县废弃露天矿山</title>');
});

test('text is drawn as outlines, needs no font, and is told to readers', () => {
  const elements = elementsOf(writeSvg(pageWith([words('生态保护红线'), words('保护')])));
  expect(elements.some(({ name }) => name === 'text' || name === 'tspan')).toBe(false);
  expect(elements.map(({ attributes }) => attributes['aria-label']).filter(Boolean)).toEqual([
    '生态保护红线',
    '保护',
  ]);
  const outlines = elements.filter(
    ({ name, attributes }) => name === 'path' && /^r\d+$/.test(attributes.id ?? ''),
  );
  expect(outlines).toHaveLength(6);
  expect(elements.filter(({ name }) => name === 'use')).toHaveLength(8);
});

test('the same page gives the same text, with numbers to a thousandth', () => {
  const marks: Mark[] = [
    { kind: 'path', d: 'M1.23456789 2.00049L3.14159265-4.5678e0', fill: { color: '#C8102E' } },
    words('赣', { x: 1 / 3 }),
  ];
  const svg = writeSvg(pageWith(marks));
  expect(svg).toBe(writeSvg(pageWith(marks)));
  expect(svg).toContain('M1.235 2L3.142-4.568');
  expect(svg).toContain('translate(0.333 40)');
});

test('groups keep their names, made unique and fit for XML', () => {
  const group = (id: string): Mark => ({ kind: 'group', id, marks: [line100] });
  const ids = elementsOf(
    writeSvg(pageWith([group('mine_sites'), group('mine_sites'), group('1 "x"'), group('r12')])),
  )
    .filter(({ name }) => name === 'g')
    .map(({ attributes }) => attributes.id);
  expect(ids).toEqual(['mine_sites', 'mine_sites-2', 'x-', 'r12-group']);
});

test('a symbol that stands there often is defined once', () => {
  const at = (x: number): Mark => ({
    kind: 'path',
    d: 'M2 2h9v9Z',
    fill: { color: '#22619F' },
    at: { x, y: 5, scale: 0.125 },
  });
  const svg = writeSvg(pageWith([at(1), at(2), line100, at(3)]));
  expect(svg.split('M2 2h9v9Z')).toHaveLength(2);
  expect(svg.match(/<use href="#symbol-1"/g)).toHaveLength(3);
});

test('whatever a text holds, the page stays well-formed and the text stays text', () => {
  const hostile = [
    '<script>alert(1)</script>',
    ']]>',
    '"><image href="x"/>',
    '\u0000\u0008\uFFFE',
    '\uD800',
    '&amp;',
  ];
  for (const text of hostile) {
    const elements = elementsOf(
      writeSvg(pageWith([words(text), { kind: 'group', id: text, marks: [] }], { title: text })),
    );
    expect(elements.some(({ name }) => name === 'script' || name === 'image')).toBe(false);
  }
  const nasty = fc.constantFrom(
    '<',
    '>',
    '&',
    '"',
    "'",
    ']',
    '\u0000',
    '\u001B',
    '\uD800',
    '\uFFFE',
    '赣',
    'a',
    ' ',
  );
  fc.assert(
    fc.property(fc.string({ unit: nasty, maxLength: 40 }), (text) => {
      elementsOf(writeSvg(pageWith([words(text)], { title: text })));
    }),
    { numRuns: 50 },
  );
});

test('what is clipped and what is translucent says so', () => {
  const svg = writeSvg(
    pageWith([{ kind: 'clip', d: 'M0 0h9v9Z', marks: [filled('#6FB9D6', 1, 1, 5, 0.55)] }]),
  );
  expect(svg).toContain('<clipPath id="clip"><path d="M0 0h9v9Z"/></clipPath>');
  expect(svg).toMatch(/<g clip-path="url\(#clip\)">\s*<path d="[^"]+" fill="#6FB9D6" fill-opacity="0.55"\/>/);
});

test('a very long text is written whole', () => {
  const text = '赣'.repeat(5000);
  expect(writeSvg(pageWith([words(text)]))).toContain(`aria-label="${text}"`);
});
