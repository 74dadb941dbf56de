/**
 * Pages as one PDF: vector paths, real text in embedded subset fonts, a bookmark a page. The same pages give the same
 * bytes: no clock and no chance in it. A page is written out when the next one comes, so that an atlas takes no memory.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import type { ImageMark, Mark, Page } from '../page.ts';
import { mmPerPt, sheetFont } from '../text/sheet-fonts.ts';
import { pdfContent } from './pdf-content.ts';
import { pdfImage } from './pdf-image.ts';
import { createPdfResources, type PdfReference } from './pdf-resources.ts';
import { type PageGeo, pdfViewport } from './pdf-viewport.ts';

export type PdfOptions = {
  title: string;
  language: 'zh-CN' | 'en';
  author?: string;
  /** YYYY-MM-DD: 制图日期 as the day of the document; missing: a fixed day, never today. */
  date?: string;
};

export type PdfWriter<Result> = {
  /** In order, each awaited. `geo` makes the map of the page readable as a georeferenced picture. */
  addPage: (page: Page, geo?: PageGeo) => Promise<void>;
  end: () => Promise<Result>;
};

/** A PDF in memory: `end` gives its bytes. */
export function startPdf(options: PdfOptions): PdfWriter<Uint8Array> {
  const document = openDocument(options);
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(document, 'end');
  const { addPage, close } = pageWriter(document);
  return {
    addPage,
    end: async () => {
      close();
      await ended;
      return Buffer.concat(chunks);
    },
  };
}

/** A PDF that goes to a file while it grows; `end` gives its size in bytes. Rejects with the error of the disk. */
export function startPdfFile(path: string, options: PdfOptions): PdfWriter<number> {
  const document = openDocument(options);
  const file = createWriteStream(path);
  const written = finished(file);
  // Whoever adds pages learns of it there; without this a full disk would end the process before.
  written.catch(() => {});
  document.pipe(file);
  const { addPage, close } = pageWriter(document);
  return {
    addPage: async (page, geo) => {
      await addPage(page, geo);
      await drained(file, written);
    },
    end: async () => {
      close();
      await written;
      return file.bytesWritten;
    },
  };
}

async function drained(file: Writable, written: Promise<void>): Promise<void> {
  if (file.errored !== null) throw file.errored;
  if (file.writableNeedDrain) await Promise.race([once(file, 'drain'), written]);
}

function openDocument({ title, language, author, date }: PdfOptions): PDFKit.PDFDocument {
  const document = new PDFDocument({
    autoFirstPage: false,
    compress: true,
    lang: language,
    displayTitle: true,
    font: sheetFont('regular').face as unknown as string,
    info: {
      Title: withoutControls(title),
      ...(author === undefined ? {} : { Author: withoutControls(author) }),
      Producer: 'Lantu',
      Creator: 'Lantu',
      CreationDate: new Date(`${date ?? '2000-01-01'}T00:00:00Z`),
    },
  });
  // Said here and not in the header, with which pdfkit would write the title into XML as it is, unescaped.
  const inner = document as unknown as { _root: PdfReference };
  inner._root.data.Version = '1.7';
  return document;
}

function pageWriter(document: PDFKit.PDFDocument) {
  const resources = createPdfResources(document);
  const hash = createHash('md5');
  const inner = document as unknown as {
    _id: Uint8Array;
    page: { xobjects: Record<string, unknown>; dictionary: PdfReference };
  };
  let imageCount = 0;
  const addPage = async (page: Page, geo?: PageGeo): Promise<void> => {
    const embedded: [ImageMark, PdfReference][] = [];
    for (const image of imagesOf(page.marks)) embedded.push([image, await pdfImage(document, image.bytes)]);
    document.addPage({ size: [page.widthMm / mmPerPt, page.heightMm / mmPerPt], margin: 0 });
    const names = new Map<ImageMark, string>();
    for (const [image, reference] of embedded) {
      imageCount += 1;
      names.set(image, `I${imageCount}`);
      inner.page.xobjects[`I${imageCount}`] = reference;
    }
    const content = pdfContent(page, resources, names);
    document.addContent(content);
    document.outline.addItem(withoutControls(page.title));
    if (geo !== undefined && page.map !== null) {
      inner.page.dictionary.data.VP = [
        pdfViewport(page.map, geo, page.heightMm, withoutControls(page.title)),
      ];
    }
    hash.update(content);
  };
  return {
    addPage,
    close: () => {
      inner._id = hash.digest();
      document.end();
    },
  };
}

function imagesOf(marks: readonly Mark[]): ImageMark[] {
  return marks.flatMap((mark) => {
    if (mark.kind === 'image') return [mark];
    return mark.kind === 'clip' || mark.kind === 'group' ? imagesOf(mark.marks) : [];
  });
}

function withoutControls(text: string): string {
  return text.toWellFormed().replace(/\p{Cc}+/gu, ' ');
}
