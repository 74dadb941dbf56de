/**
 * The furniture of a sheet mark by mark, held against test/golden/sheets/<name>.txt; UPDATE_GOLDEN=1 rewrites them. The
 * map itself is left out: what it draws has tests of its own.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { composeSheet } from '../../server/sheets/compose/compose-sheet.ts';
import type { Page } from '../../server/sheets/page.ts';
import { type FixtureOrder, fixtureContent, fixtureSample } from '../sheets/compose/fixture-content.ts';

const folder = new URL('./sheets/', import.meta.url);

const sheets: [name: string, order: FixtureOrder][] = [
  ['county-a3', { template: 'county', watermark: '张某 2025-10-08 09:12' }],
  ['city-a3-en', { template: 'city', orientation: 'portrait', language: 'en' }],
  ['slide', { template: 'slide' }],
];

/** One line a mark: readable where it differs. */
function describePage({ marks }: Page): string {
  return marks
    .flatMap((mark): string[] => {
      if (mark.kind !== 'group' || ['map', 'inset'].includes(mark.id)) return [];
      return [
        `# ${mark.id}`,
        ...mark.marks.map((one) => {
          if (one.kind === 'text') {
            const { text, x, y, sizePt, weight, align, color } = one;
            return `text ${x} ${y} ${sizePt}pt ${weight} ${align} ${color} ${text}`;
          }
          return one.kind === 'path' ? `path ${one.d} ${one.fill?.color ?? '-'} ${one.stroke?.widthMm ?? '-'}` : one.kind;
        }),
      ];
    })
    .join('\n');
}

beforeAll(() => {
  fixtureSample();
}, 60_000);

describe('the furniture', () => {
  it.each(sheets)('%s is as agreed', { timeout: 30_000 }, (name, order) => {
    const { page } = composeSheet(fixtureContent({ ...order, oneIn: 4 }));
    const text = `${describePage(page)}\n`;
    const file = new URL(`${name}.txt`, folder);
    if (process.env.UPDATE_GOLDEN === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, text);
    }
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it('of the same content is the same, to the last digit', { timeout: 30_000 }, () => {
    const content = fixtureContent({ template: 'county', oneIn: 4 });
    expect(JSON.stringify(composeSheet(content))).toBe(JSON.stringify(composeSheet(structuredClone(content))));
  });
});
