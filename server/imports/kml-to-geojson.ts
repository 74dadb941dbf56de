/**
 * KML as GeoJSON, a feature a line: GDAL's own reader of KML drops the fields in ExtendedData. Placemarks become
 * features in the order of the file; styles, folders and links to elsewhere are left out.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Geometry, Position } from 'geojson';
import { SaxesParser } from 'saxes';
import { UnprocessableError } from '../errors.ts';
import { readTextFile } from './read-text-file.ts';

type Placemark = {
  properties: Record<string, string>;
  polygons: Position[][][];
  lines: Position[][];
  points: Position[];
};

/** Deeper than any program nests folders. */
const maxDepth = 100;

/** Tells a sequence of features from a single one (RFC 8142). */
const recordSeparator = '\u001e';

/** Where the features of a KML file are written. */
export function geoJsonOfKml(file: string): string {
  return `${file}.geojsonl`;
}

/** Writes the features of a KML file in UTF-8 to `target`. Throws UnprocessableError for what is no readable XML. */
export function kmlToGeoJson(file: string, target: string): void {
  const output = openSync(target, 'wx', 0o600);
  try {
    let count = 0;
    const parser = placemarkParser((placemark) => {
      count += 1;
      writeSync(output, `${recordSeparator}${featureLine(placemark)}\n`);
    });
    for (const text of readTextFile(file)) parser.write(text);
    parser.close();
    if (count === 0) throw noPlacemarks;
  } finally {
    closeSync(output);
  }
}

function placemarkParser(onPlacemark: (placemark: Placemark) => void): {
  write(text: string): void;
  close(): void;
} {
  const parser = new SaxesParser({ xmlns: false, position: true } as const);
  const path: string[] = [];
  let placemark: Placemark | null = null;
  let rings: Position[][] | null = null;
  let dataName = '';
  let text = '';
  parser.on('error', (error) => {
    throw unreadable(error.message);
  });
  parser.on('opentag', ({ name, attributes }) => {
    const tag = localName(name);
    if (path.push(tag) > maxDepth) throw unreadable(`nested deeper than ${maxDepth}`);
    text = '';
    if (tag === 'Placemark') placemark = { properties: {}, polygons: [], lines: [], points: [] };
    if (tag === 'Polygon') rings = [];
    if (tag === 'Data' || tag === 'SimpleData') dataName = attributes.name ?? '';
  });
  const onText = (more: string): void => {
    text += more;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    const tag = path.pop();
    const parent = path.at(-1);
    if (placemark === null) return;
    if (tag === 'Placemark') {
      onPlacemark(placemark);
      placemark = null;
    } else if (tag === 'coordinates') {
      const positions = positionsOf(text);
      if (rings !== null) rings.push(positions);
      else if (parent === 'Point') placemark.points.push(...positions);
      else placemark.lines.push(positions);
    } else if (tag === 'Polygon') {
      if (rings !== null && rings.length > 0) placemark.polygons.push(rings);
      rings = null;
    } else if (tag === 'SimpleData' || (tag === 'value' && parent === 'Data')) {
      placemark.properties[dataName] = text;
    } else if ((tag === 'name' || tag === 'description') && parent === 'Placemark') {
      // A field of that name says the same, or more exactly.
      placemark.properties[tag] ??= text.trim();
    }
  });
  return { write: (more) => void parser.write(more), close: () => void parser.close() };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** `lng,lat[,height]` apart by spaces; what is no number stays out of range and is refused there. */
function positionsOf(text: string): Position[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  return words.map((word) => {
    const [lng, lat] = word.split(',').map(Number);
    return [lng ?? Number.NaN, lat ?? Number.NaN].map((value) => (Number.isFinite(value) ? value : 1e9));
  });
}

function featureLine({ properties, ...shape }: Placemark): string {
  return JSON.stringify({ type: 'Feature', properties, geometry: geometryOf(shape) });
}

function geometryOf({ polygons, lines, points }: Omit<Placemark, 'properties'>): Geometry | null {
  const parts: Geometry[] = [];
  if (polygons.length > 0) parts.push({ type: 'MultiPolygon', coordinates: polygons });
  if (lines.length > 0) parts.push({ type: 'MultiLineString', coordinates: lines });
  if (points.length > 0) parts.push({ type: 'MultiPoint', coordinates: points });
  if (parts.length > 1) return { type: 'GeometryCollection', geometries: parts };
  return parts[0] ?? null;
}

const noPlacemarks = new UnprocessableError({
  zh: 'KML 中没有任何地标(Placemark),没有可导入的内容。',
  en: 'The KML holds no placemarks: there is nothing to import.',
});

function unreadable(words: string): UnprocessableError {
  return new UnprocessableError({
    zh: `KML 无法读取(${words.slice(0, 200)}),可能不完整,请重新导出。`,
    en: `The KML cannot be read (${words.slice(0, 200)}); it may be incomplete: export it again.`,
  });
}
