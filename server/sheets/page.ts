/**
 * What is drawn on a page, in one order from below to above: all that the writers of SVG, PNG and PDF know. Millimetres
 * from the top left corner of the paper, y downwards; path data in SVG's syntax. Plain data: it passes between threads.
 */

export type Paint = { color: string /** 0–1; missing: 1. */; opacity?: number };
export type PageStroke = Paint & {
  widthMm: number;
  /** Lengths of dash and gap. */
  dashMm?: readonly number[];
  /** Missing: butt. */
  cap?: 'round';
  /** Missing: round. */
  join?: 'miter';
};

/** Moves path data drawn in units of its own (a symbol) to its place: first scaled, then turned, then moved. */
export type Placement = { x: number; y: number; scale: number /** Clockwise. */; degrees?: number };

export type FontWeight = 'regular' | 'bold';

export type PathMark = {
  kind: 'path';
  d: string;
  /** Filled by the even-odd rule. */
  fill?: Paint;
  stroke?: PageStroke;
  /** Stroke widths and dashes are then in units of the path. */
  at?: Placement;
};
export type TextMark = {
  kind: 'text';
  text: string;
  /** Of the baseline at `align`. */
  x: number;
  y: number;
  sizePt: number;
  weight: FontWeight;
  color: string;
  align: 'start' | 'middle' | 'end';
  /** Clockwise about (x, y). */
  degrees?: number;
  opacity?: number;
  /** A line along the outlines, below the text: it reaches half its width around them. */
  halo?: { color: string; widthMm: number };
};
export type ImageMark = {
  kind: 'image';
  /** PNG or JPEG. */
  bytes: Uint8Array;
  x: number;
  y: number;
  width: number;
  height: number;
  /** What it shows, for who cannot see it. */
  title: string;
};
/** Only what lies within the path is drawn. */
export type ClipMark = { kind: 'clip'; d: string; marks: readonly Mark[] };
/** What belongs together: an id of SVG, a layer name; drawn as if it were not grouped. */
export type GroupMark = { kind: 'group'; id: string; marks: readonly Mark[] };

export type Mark = PathMark | TextMark | ImageMark | ClipMark | GroupMark;

export type Page = {
  widthMm: number;
  heightMm: number;
  /** Bookmark and title of the document. */
  title: string;
  language: 'zh-CN' | 'en';
  marks: readonly Mark[];
  /** Where the map lies, for world files and measuring; null on pages without one. */
  map: PageMap | null;
};

export type Box = { x: number; y: number; width: number; height: number };

/** Affine from paper to CRS: east = minX + (x − frame.x) × metersPerMm, north = maxY − (y − frame.y) × metersPerMm. */
export type PageMap = { frame: Box; srid: number; minX: number; maxY: number; metersPerMm: number };
