/** Pages small enough to measure: a line of 100 mm, fills, text, symbols. */
import type { Mark, Page } from '../../../server/sheets/page.ts';

/** An A4 page lying, 297 × 210 mm, with a map of 1:100 000 in CGCS2000 zone 38 without prefix. */
export function pageWith(marks: readonly Mark[], more: Partial<Page> = {}): Page {
  return {
    widthMm: 297,
    heightMm: 210,
    title: '兴国县废弃露天矿山',
    language: 'zh-CN',
    marks,
    map: {
      frame: { x: 25, y: 20, width: 200, height: 150 },
      srid: 4547,
      minX: 640_000,
      maxY: 2_920_000,
      metersPerMm: 100,
    },
    ...more,
  };
}

/** 100 mm from x = 50 to x = 150 at y = 100, 1 mm wide. */
export const line100: Mark = {
  kind: 'path',
  d: 'M50 100H150',
  stroke: { color: '#000000', widthMm: 1 },
};

export function filled(color: string, x: number, y: number, size = 20, opacity?: number): Mark {
  const fill = opacity === undefined ? { color } : { color, opacity };
  return { kind: 'path', d: `M${x} ${y}h${size}v${size}h${-size}Z`, fill };
}

export function words(text: string, more: Partial<Extract<Mark, { kind: 'text' }>> = {}): Mark {
  return {
    kind: 'text',
    text,
    x: 30,
    y: 40,
    sizePt: 12,
    weight: 'regular',
    color: '#1F2933',
    align: 'start',
    ...more,
  };
}
