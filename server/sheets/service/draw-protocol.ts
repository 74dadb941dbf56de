/** What passes between the service and a drawing thread: one task at a time, one answer to each. Plain data. */
import type { Bilingual } from '../../../geodata/catalogue/layer-definition.ts';
import type { SheetFormat, SheetNotice } from '../../../geodata/contract/sheets.ts';
import type { SheetIndex } from '../compose/compose-index-page.ts';
import type { PageMap } from '../page.ts';
import type { SheetContent } from '../sheet-content.ts';
import type { PageGeo } from '../writers/pdf-viewport.ts';

export type DrawTask =
  /** One page as a file of its own: at `path`, or as bytes in the answer where that is null. */
  | {
      kind: 'sheet';
      content: SheetContent;
      format: SheetFormat;
      dpi: number;
      /** Of a PDF. */
      geo: PageGeo | null;
      path: string | null;
    }
  /** Begins a PDF of many pages, which the thread keeps open until `end` or `drop`. */
  | { kind: 'open'; document: number; path: string; title: string; language: 'zh-CN' | 'en'; date: string }
  | { kind: 'page'; document: number; content: SheetContent; geo: PageGeo }
  | { kind: 'index'; document: number; index: SheetIndex }
  | { kind: 'end'; document: number }
  | { kind: 'drop'; document: number }
  /** One page of the index as a file of its own. */
  | { kind: 'indexSheet'; index: SheetIndex; at: number; format: SheetFormat; dpi: number; path: string };

export type Drawn = {
  /** Title of the page; '' where none was drawn. */
  title: string;
  notices: SheetNotice[];
  /** Null where the sheet went to a file. */
  bytes: Uint8Array | null;
  map: PageMap | null;
};

export type DrawAnswer =
  | { kind: 'drawn'; drawn: Drawn }
  | { kind: 'refused'; code: string; text: Bilingual; field: string | undefined }
  | { kind: 'failed'; message: string };
