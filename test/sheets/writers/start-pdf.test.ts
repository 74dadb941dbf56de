import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import { findCrs, toLngLat } from '../../../geodata/domain/crs.ts';
import { symbolShapes } from '../../../geodata/domain/symbol-shapes.ts';
import { esriWkt } from '../../../server/exports/esri-wkt.ts';
import type { Mark, Page } from '../../../server/sheets/page.ts';
import type { PageGeo } from '../../../server/sheets/writers/pdf-viewport.ts';
import { startPdf, startPdfFile } from '../../../server/sheets/writers/start-pdf.ts';
import { writePng } from '../../../server/sheets/writers/write-png.ts';
import { darkExtent, hasPoppler, onFile, pdfFonts, pdfPixels, pdfText, pixelsOf } from './poppler.ts';
import { filled, line100, pageWith, words } from './sample-pages.ts';

// Programs are started and wall maps drawn.
vi.setConfig({ testTimeout: 120_000 });

const hasGdal = works('gdalinfo', ['--version']);

async function pdfOf(pages: Page | Page[], geo?: PageGeo): Promise<Uint8Array> {
  const pdf = startPdf({ title: '图册', language: 'zh-CN', date: '2025-10-08' });
  for (const page of [pages].flat()) await pdf.addPage(page, geo);
  return pdf.end();
}

describe.skipIf(!hasPoppler)('a PDF, read back', () => {
  test('a line of 100 mm is 100 mm, where it was put', async () => {
    const pixels = await pdfPixels(await pdfOf(pageWith([line100])), 300);
    const [first, last] = darkExtent(pixels, 'x', Math.round((100 / 25.4) * 300));
    expect(Math.abs(first - (50 / 25.4) * 300)).toBeLessThanOrEqual(1);
    expect(Math.abs(last + 1 - (150 / 25.4) * 300)).toBeLessThanOrEqual(1);
    const [top, bottom] = darkExtent(pixels, 'y', Math.round((100 / 25.4) * 300));
    expect(Math.abs((top + bottom + 1) / 2 - (100 / 25.4) * 300)).toBeLessThanOrEqual(1);
  });

  test('its words are found, also rare ones, turned ones and those with a halo, and each once', async () => {
    const halo = { color: '#FFFFFF', widthMm: 0.5 };
    const text = pdfText(
      await pdfOf(
        pageWith([
          words('生态保护红线'),
          words('赣州市', { y: 60, halo }),
          words('岿美山钨矿', { y: 80, weight: 'bold', halo, align: 'middle', x: 100 }),
          words('图幅', { y: 120, x: 150, degrees: 90 }),
          words('1:350 000 office AVATAR', { y: 100 }),
        ]),
      ),
    );
    for (const found of ['生态保护红线', '赣州市', '岿美山钨矿', '图幅', '1:350 000 office AVATAR']) {
      expect(text.split(found).length - 1, found).toBe(1);
    }
  });

  test('every font is embedded as a subset that knows its characters', async () => {
    const fonts = pdfFonts(await pdfOf(pageWith([words('赣'), words('Aa 1', { weight: 'bold', y: 60 })])));
    expect(fonts.map(({ name }) => name.replace(/^[A-Z]{6}\+/, '')).sort()).toEqual([
      'NotoSansSC-Regular',
      'NotoSansSC-SemiBold',
    ]);
    for (const font of fonts) expect(font).toMatchObject({ embedded: 'yes', subset: 'yes', unicode: 'yes' });
  });

  test('hostile text is text', async () => {
    const hostile = '<script>alert(1)</script> ]]> (\\) %%EOF endstream';
    const text = pdfText(
      await pdfOf(pageWith([words(`${hostile}\u0000\u0007`, { sizePt: 7 })], { title: `${hostile}\u0001` })),
    );
    expect(text).toContain(hostile);
    expect(text).toContain('□□');
  });

  test('a fill has the same colour as in the picture, opaque and translucent', async () => {
    const page = pageWith([filled('#2E8B57', 30, 30), filled('#6FB9D6', 60, 30, 20, 0.55)]);
    const [pdf, png] = [await pdfPixels(await pdfOf(page), 100), await pixelsOf(await writePng(page, 100))];
    const place = (mm: number) => Math.round((mm / 25.4) * 100);
    expect(pdf.at(place(40), place(40))).toBe('#2E8B57');
    expect(png.at(place(40), place(40))).toBe('#2E8B57');
    const [one, other] = [pdf.at(place(70), place(40)), png.at(place(70), place(40))];
    for (const from of [1, 3, 5]) {
      const parts = [one, other].map((color) => Number.parseInt(color.slice(from, from + 2), 16));
      expect(Math.abs((parts[0] ?? 0) - (parts[1] ?? 255))).toBeLessThanOrEqual(2);
    }
  });

  test('even-odd holes, clips, dashes, symbols, turns and pictures lie where they lie in the picture', async () => {
    const photo = await sharp({
      create: { width: 8, height: 4, channels: 4, background: { r: 200, g: 30, b: 40, alpha: 0.5 } },
    })
      .png()
      .toBuffer();
    const symbol = (x: number, degrees = 0): Mark[] =>
      symbolShapes({ kind: 'ring-quarter', color: '#B7791F' }).map(
        ({ d, fill, stroke, strokeWidth = 1 }) => ({
          kind: 'path',
          d,
          at: { x, y: 120, scale: 0.8, degrees },
          ...(fill === undefined ? {} : { fill: { color: fill } }),
          ...(stroke === undefined ? {} : { stroke: { color: stroke, widthMm: strokeWidth } }),
        }),
      );
    const page = pageWith([
      { kind: 'path', d: 'M30 30h40v40h-40Z M40 40h20v20h-20Z', fill: { color: '#22619F' } },
      { kind: 'clip', d: 'M90 30h20v20h-20Z', marks: [filled('#C8102E', 80, 20, 60)] },
      {
        kind: 'path',
        d: 'M30 90H200',
        stroke: { color: '#1F2933', widthMm: 2, dashMm: [6, 4], cap: 'round' },
      },
      { kind: 'path', d: 'M150 30a20 15 30 1 0 10 5q5 -20 20 4t-8 9s6 6 -4 8Z', fill: { color: '#4C7A2B' } },
      ...symbol(40),
      ...symbol(80, 90),
      ...symbol(120),
      { kind: 'image', bytes: photo, x: 180, y: 100, width: 40, height: 20, title: '照片' },
      {
        kind: 'image',
        bytes: await sharp(photo).flatten().jpeg().toBuffer(),
        x: 180,
        y: 130,
        width: 40,
        height: 20,
        title: '照片',
      },
      words('南岭', { sizePt: 60, x: 40, y: 190, degrees: -20, opacity: 0.5 }),
    ]);
    const [pdf, png] = [await pdfPixels(await pdfOf(page), 60), await pixelsOf(await writePng(page, 60))];
    let unlike = 0;
    for (let y = 0; y < png.height; y += 1) {
      for (let x = 0; x < png.width; x += 1) {
        const [one, other] = [pdf.at(x, y), png.at(x, y)];
        const far = [1, 3, 5].some((from) => {
          const [a, b] = [one, other].map((color) => Number.parseInt(color.slice(from, from + 2), 16));
          return Math.abs((a ?? 0) - (b ?? 0)) > 96;
        });
        if (far) unlike += 1;
      }
    }
    // Edges alone may differ: the two smooth them in their own ways.
    expect(unlike / (png.width * png.height)).toBeLessThan(0.0015);
    expect(pdf.at(Math.round((50 / 25.4) * 60), Math.round((50 / 25.4) * 60))).toBe('#FFFFFF');
  });
});

describe('a PDF', () => {
  test('has the same bytes for the same pages', async () => {
    const pages = [
      pageWith([words('一')]),
      pageWith([line100, words('二', { weight: 'bold' })], { title: '第二页' }),
    ];
    const once = await pdfOf(pages);
    const again = await pdfOf(pages);
    expect(Buffer.from(again).equals(once)).toBe(true);
    expect(Buffer.from(await pdfOf(pages.slice(1))).equals(once)).toBe(false);
  });

  test('tells title, language, day and a bookmark a page', async () => {
    const told = Buffer.from(
      await pdfOf([pageWith([], { title: 'First' }), pageWith([], { title: '第二页' })]),
    );
    const text = told.toString('latin1');
    expect(text).toContain('/Lang (zh-CN)');
    expect(text).toContain('/Title (First)');
    expect(text).toContain('(D:20251008000000Z)');
    expect(text).toContain('/PageMode /UseOutlines');
    const utf16 = Buffer.from(`\uFEFF第二页`, 'utf16le').swap16();
    expect(told.includes(utf16)).toBe(true);
    expect(told.includes(Buffer.from('\uFEFF图册', 'utf16le').swap16())).toBe(true);
  });

  test('writes a symbol once however often it stands on its pages', async () => {
    const symbols = (count: number): Mark[] =>
      Array.from({ length: count }, (_, index) => ({
        kind: 'path',
        d: 'M12 2.2L22 20.6H2Z',
        fill: { color: '#A3123D' },
        at: { x: 20 + index / 5, y: 50, scale: 0.125 },
      }));
    const forms = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1').split('/Subtype /Form').length - 1;
    expect(forms(await pdfOf([pageWith(symbols(300)), pageWith(symbols(200))]))).toBe(1);
  });

  test('refuses numbers that are none and colours that are none', async () => {
    await expect(pdfOf(pageWith([words('x', { x: Number.NaN })]))).rejects.toThrow(TypeError);
    await expect(pdfOf(pageWith([filled('red', 1, 1)]))).rejects.toThrow('No colour of a page: red.');
    await expect(
      pdfOf(pageWith([{ kind: 'path', d: 'M1 1 X', fill: { color: '#000000' } }])),
    ).rejects.toThrow(TypeError);
  });

  test('goes to a file with the same bytes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lantu-sheet-'));
    try {
      const path = join(folder, 'atlas.pdf');
      const pages = [pageWith([words('一')]), pageWith([line100])];
      const pdf = startPdfFile(path, { title: '图册', language: 'zh-CN', date: '2025-10-08' });
      for (const page of pages) await pdf.addPage(page);
      const size = await pdf.end();
      const written = readFileSync(path);
      expect(size).toBe(written.length);
      expect(written.equals(Buffer.from(await pdfOf(pages)))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('to a folder that is not there rejects and does not end the process', async () => {
    const pdf = startPdfFile('/nowhere/at/all.pdf', { title: '图册', language: 'zh-CN' });
    const printing = async () => {
      await pdf.addPage(pageWith([line100]));
      await pdf.end();
    };
    await expect(printing()).rejects.toThrow('ENOENT');
  });
});

describe.skipIf(!hasGdal)('the map of a PDF, read by GDAL', () => {
  test.each([4547, 4526, 4490, 3857])('lies in EPSG:%i within 0.1 m', async (srid) => {
    const crs = findCrs(srid);
    if (crs === undefined) throw new Error(`no CRS ${srid}`);
    const isGeographic = crs.kind === 'geographic';
    const metersPerMm = isGeographic ? 0.001 : 100;
    const [minX, maxY] = isGeographic ? [115.1, 26.5] : [crs.falseEasting + 140_000, 2_920_000];
    const page = pageWith([line100]);
    const map = { frame: { x: 25, y: 20, width: 200, height: 150 }, srid, minX, maxY, metersPerMm };
    const [east, south] = [minX + 200 * metersPerMm, maxY - 150 * metersPerMm];
    const corners = [
      [minX, maxY],
      [east, maxY],
      [east, south],
      [minX, south],
    ] as const;
    const pdf = await pdfOf(
      { ...page, map },
      {
        corners: corners.map((corner) => toLngLat(crs, corner)),
        epsg: srid,
        isGeographic,
        wkt: esriWkt(crs),
      },
    );
    const told = onFile(pdf, (file) =>
      JSON.parse(
        execFileSync('gdalinfo', ['-json', file], {
          encoding: 'utf8',
          env: { ...process.env, GDAL_PDF_DPI: '300' },
        }),
      ),
    ) as { geoTransform: number[]; size: number[] };
    const [originX = 0, stepX = 0, , originY = 0, , stepY = 0] = told.geoTransform;
    const [columns = 0, rows = 0] = told.size;
    const reach = isGeographic ? 1e-6 : 0.1;
    // The paper's upper left corner, and how far its 297 and 210 mm go.
    expect(Math.abs(originX - (minX - 25 * metersPerMm))).toBeLessThan(reach);
    expect(Math.abs(originY - (maxY + 20 * metersPerMm))).toBeLessThan(reach);
    expect(Math.abs(stepX * columns - 297 * metersPerMm)).toBeLessThan(reach);
    expect(Math.abs(stepY * rows + 210 * metersPerMm)).toBeLessThan(reach);
  });
});

function works(program: string, args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
