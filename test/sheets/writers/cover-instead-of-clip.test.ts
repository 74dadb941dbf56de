import { expect, test } from 'vitest';
import type { Mark, Page } from '../../../server/sheets/page.ts';
import { coverInsteadOfClip } from '../../../server/sheets/writers/cover-instead-of-clip.ts';
import { writePng } from '../../../server/sheets/writers/write-png.ts';
import { pixelsOf } from './poppler.ts';
import { filled, pageWith, words } from './sample-pages.ts';

const paper: Mark = { kind: 'path', d: 'M0 0H297V210H0Z', fill: { color: '#FFFFFF' } };
const panel: Mark = { kind: 'path', d: 'M5 20H25V170H5Z', fill: { color: '#F0F1EE' } };
const border: Mark = { kind: 'path', d: 'M21 16H229V174H21ZM25 20H225V170H25Z', fill: { color: '#FFF8E0' } };
const map: Mark = {
  kind: 'clip',
  d: 'M25 20H225V170H25Z',
  marks: [filled('#2E8B57', 10, 10, 60), filled('#6FB9D6', 200, 150, 60, 0.5)],
};
const usual: Mark[] = [
  paper,
  panel,
  { kind: 'group', id: 'border', marks: [border] },
  { kind: 'group', id: 'map', marks: [map] },
  words('图例', { x: 232, y: 100 }),
];

const holdsClip = (page: Page) => JSON.stringify(page.marks).includes('"clip"');

test('the picture shows what the frame shows, and beside it the paper, panel and border', async () => {
  const page = pageWith(usual);
  expect(holdsClip(coverInsteadOfClip(page))).toBe(false);
  const { at } = await pixelsOf(await writePng(page, 100));
  const color = (x: number, y: number) => at(Math.round((x / 25.4) * 100), Math.round((y / 25.4) * 100));
  expect(color(40, 40)).toBe('#2E8B57');
  expect(color(15, 40)).toBe('#F0F1EE');
  expect(color(40, 18)).toBe('#FFF8E0');
  expect(color(40, 12)).toBe('#FFFFFF');
  expect(color(250, 190)).toBe('#FFFFFF');
  expect(color(220, 160)).not.toBe('#FFFFFF');
});

test('a page that draws no paper of its own has white beside the frame', async () => {
  const { at } = await pixelsOf(await writePng(pageWith([panel, map]), 100));
  expect([at(59, 157), at(157, 47), at(157, 157)]).toEqual(['#F0F1EE', '#FFFFFF', '#2E8B57']);
});

test('anything but plain rectangles below, or another shape of clip, stays clipped', () => {
  const circle: Mark = { ...map, d: 'M25 20A9 9 0 0 1 60 60Z' };
  const across: Mark = { kind: 'path', d: 'M100 10H120V60H100Z', fill: { color: '#FFFFFF' } };
  for (const marks of [
    [paper, circle],
    [paper, words('下'), map],
    [paper, across, map],
    [filled('#FFFFFF', 0, 0, 300, 0.5), map],
  ]) {
    expect(holdsClip(coverInsteadOfClip(pageWith(marks)))).toBe(true);
  }
});
