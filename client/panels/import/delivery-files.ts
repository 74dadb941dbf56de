/** What is wrong with a choice of files before any of it is sent: what cannot be one delivery is said at once. Pure. */

import { uploadLimits } from '../../../geodata/contract/imports.ts';

/** What readers open; everything else lies beside one of these. */
const leading = ['zip', 'shp', 'gpkg', 'geojson', 'json', 'kml', 'csv', 'xlsx'];
/** Beside a .shp; a .prj, .cpg or index may be missing. */
const shapefileParts = ['shp', 'shx', 'dbf', 'prj', 'cpg', 'qpj', 'sbn', 'sbx', 'xml', 'qix', 'fix', 'atx'];
const neededParts = ['shp', 'shx', 'dbf'];

export type ChosenFile = { name: string; size: number };

export type DeliveryProblem =
  | { kind: 'empty'; name: string }
  | { kind: 'tooMany' }
  | { kind: 'tooLarge' }
  | { kind: 'several' }
  | { kind: 'missing'; names: string[] }
  | { kind: 'stems' }
  | { kind: 'unknown'; name: string };

/** Null for files that may be one delivery; nothing chosen is no problem either. */
export function deliveryProblem(files: readonly ChosenFile[]): DeliveryProblem | null {
  const [first] = files;
  if (first === undefined) return null;
  const empty = files.find(({ size }) => size === 0);
  if (empty) return { kind: 'empty', name: empty.name };
  if (files.length > uploadLimits.files) return { kind: 'tooMany' };
  if (files.reduce((sum, { size }) => sum + size, 0) > uploadLimits.totalBytes) return { kind: 'tooLarge' };
  const extensions = files.map(({ name }) => extensionOf(name));
  const leaders = extensions.filter((extension) => leading.includes(extension));
  if (extensions.some((extension) => neededParts.includes(extension)) && isOneShapefile(extensions)) {
    const missing = neededParts.filter((part) => !extensions.includes(part));
    if (missing.length > 0) return { kind: 'missing', names: missing.map((part) => `.${part}`) };
    const stems = new Set(files.map(({ name }) => stemOf(name)));
    return stems.size > 1 ? { kind: 'stems' } : null;
  }
  if (leaders.length > 1) return { kind: 'several' };
  return leaders.length === 0 ? { kind: 'unknown', name: first.name } : null;
}

/** Files already chosen with those added; a file of the same name takes the place of the earlier one. */
export function addFiles<File extends ChosenFile>(chosen: readonly File[], added: readonly File[]): File[] {
  const names = new Set(added.map(({ name }) => name));
  return [...chosen.filter(({ name }) => !names.has(name)), ...added];
}

function isOneShapefile(extensions: readonly string[]): boolean {
  const others = extensions.filter((extension) => !shapefileParts.includes(extension));
  return others.length === 0 && extensions.filter((extension) => extension === 'shp').length <= 1;
}

function extensionOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** `a.shp.xml` belongs to `a.shp`. */
function stemOf(name: string): string {
  return name.toLowerCase().replace(/(\.(shp|dbf))?\.[^.]+$/, '');
}
