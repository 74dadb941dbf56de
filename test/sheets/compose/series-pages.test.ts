/** Pages of a series without a map: its index, and the vertices that a site page has no room for. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  composeIndexPages,
  type IndexEntry,
  indexPageCount,
  type SheetIndex,
} from '../../../server/sheets/compose/compose-index-page.ts';
import { composeSheet } from '../../../server/sheets/compose/compose-sheet.ts';
import { composeVertexPages } from '../../../server/sheets/compose/compose-vertex-pages.ts';
import { fixtureContent, fixtureSample } from './fixture-content.ts';
import { overlappingTexts, placedTexts, textsOf } from './page-texts.ts';

beforeAll(() => {
  fixtureSample();
}, 60_000);

const index = (entries: IndexEntry[], given: Partial<SheetIndex> = {}): SheetIndex => ({
  title: '赣州市图册',
  subtitle: '截至2025年9月30日 · 示意数据',
  language: 'zh-CN',
  paper: 'A4',
  orientation: 'portrait',
  classification: 'internal',
  bureau: '赣州市自然资源局',
  date: '2025-10-08',
  hasSampleData: true,
  watermark: null,
  page: { number: 1, of: 600 },
  entries,
  ...given,
});

const measure = (count: number) => ({ count, areaSquareMeters: count * 20_000 });

describe('the index of an atlas', () => {
  it('tells page, scale, sites, area and rates of every sheet, and their sum', () => {
    const entries = Array.from({ length: 18 }, (_, at) => ({
      title: `第${at + 1}县图`,
      page: at + 2,
      scale: 350_000,
      measures: { listed: measure(10), completed: measure(7), closed: measure(3) },
    }));
    const pages = composeIndexPages(index(entries));
    expect(pages).toHaveLength(1);
    const printed = textsOf(pages[0] ?? { marks: [] }, 'content');
    for (const { title, page } of entries)
      expect(printed).toEqual(expect.arrayContaining([title, String(page)]));
    expect(printed.filter((text) => text === '1:350 000')).toHaveLength(18);
    expect(printed.slice(-5)).toEqual(['合计', '180', '3.60', '70.0', '30.0']);
    expect(overlappingTexts(placedTexts(pages[0] ?? { marks: [] }))).toEqual([]);
  });

  it('goes on over as many pages as it says, with every entry once and no text on another', () => {
    const entries = Array.from({ length: 535 }, (_, at) => ({
      title: `第${at + 1}号采石场一矿一表`,
      page: at + 7,
      scale: 2000,
      measures: null,
    }));
    for (const language of ['zh-CN', 'en'] as const) {
      const pages = composeIndexPages(index(entries, { language }));
      expect(pages).toHaveLength(indexPageCount(index([]), entries.length, false));
      const titles = pages
        .flatMap((page) => textsOf(page, 'content'))
        .filter((text) => text.endsWith('一矿一表'));
      expect(titles).toEqual(entries.map(({ title }) => title));
      for (const page of pages) expect(overlappingTexts(placedTexts(page))).toEqual([]);
    }
    expect(textsOf(composeIndexPages(index(entries))[2] ?? { marks: [] }, 'head').join(' ')).toContain(
      '第 3 页 / 共 600 页',
    );
  });

  it('is one page without entries', () => {
    expect(composeIndexPages(index([]))).toHaveLength(1);
  });
});

describe('vertices of a site', () => {
  const vertices = (texts: string[]): string[] => texts.filter((text) => /^\d{7}\.\d\d$/.test(text));

  it('stand on the site page when they fit: then there is no further page', () => {
    const content = fixtureContent({ template: 'site', vertices: 12 });
    const { page } = composeSheet(content);
    const all = content.site?.patches.flatMap(({ rings }) => rings.flatMap((ring) => ring.vertices)) ?? [];
    expect(vertices(textsOf(page, 'siteVertices'))).toEqual(all.map(([north]) => north.toFixed(2)));
    expect(textsOf(page, 'siteVertices').join('')).toContain('38 带');
    expect(composeVertexPages(content)).toEqual([]);
  });

  it('go on over further pages, every one once and in order', () => {
    const content = fixtureContent({ template: 'site', vertices: 700 });
    const { page, notices } = composeSheet(content);
    expect(notices.map(({ id }) => id)).toContain('vertices_left');
    const pages = composeVertexPages(content, { number: 2, of: 9 });
    const all = content.site?.patches.flatMap(({ rings }) => rings.flatMap((ring) => ring.vertices)) ?? [];
    const beside = vertices(textsOf(page, 'siteVertices'));
    const after = pages.flatMap((one) => vertices(textsOf(one, 'content')));
    expect([...beside, ...after]).toEqual(all.map(([north]) => north.toFixed(2)));
    expect(textsOf(page, 'siteVertices').join('')).toContain(
      `另有 ${after.length.toLocaleString('en')} 个拐点未列于本页`,
    );
    expect(textsOf(pages[1] ?? { marks: [] }, 'head')).toContain('第 3 页 / 共 9 页');
    for (const one of pages) expect(overlappingTexts(placedTexts(one))).toEqual([]);
  });
});
