/**
 * The files of a delivery sorted into what GDAL can open: a shapefile is several files, a FileGDB a folder of them.
 * Every file gets a name of ours on disk, so that no delivered name reaches the file system.
 */
import { mkdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { DeliveryFormat } from '../../geodata/contract/imports.ts';
import { fieldNameSheet } from '../../geodata/domain/exported-sheets.ts';
import { UnprocessableError } from '../errors.ts';

export type Source = {
  /** What GDAL opens, below the folder, `/` between. */
  path: string;
  format: DeliveryFormat;
  /** Delivered name without folders and extension. */
  name: string;
  /** Files of it on disk, in full, by extension in lower case; of a FileGDB none. */
  files: Readonly<Record<string, string>>;
};

/** Where delivered files go. */
export type Shelf = {
  /** Full path on disk for a delivered path (`/` between); null: nothing that is read. Throws for a name met twice. */
  place(path: string): string | null;
  /** Everything with its main file, in the order it came. */
  sources(): Source[];
  /** Names that nothing reads. */
  unread(): readonly string[];
};

const formatByExtension: Readonly<Record<string, DeliveryFormat>> = {
  shp: 'shapefile',
  gpkg: 'geopackage',
  geojson: 'geojson',
  json: 'geojson',
  geojsonl: 'geojson',
  geojsons: 'geojson',
  ndjson: 'geojson',
  jsonl: 'geojson',
  kml: 'kml',
  csv: 'csv',
  xlsx: 'xlsx',
};
const shapefileExtensions: ReadonlySet<string> = new Set(['shp', 'shx', 'dbf', 'prj', 'cpg']);
/** Files of a FileGDB lie in one folder; those without extension by name. */
const isOfFileGdb = (name: string): boolean =>
  /^a[0-9a-f]{8}\.[a-z_0-9]+$/i.test(name) || /^(gdb|timestamps)$/i.test(name);
const maxSources = 100;

/** Extensions that can be imported, for messages. */
export const importableExtensions =
  '.zip、.shp(.shx、.dbf、.prj)、.gdb、.gpkg、.geojson、.json、.kml、.csv、.xlsx';

type Group = { folder: string; format: DeliveryFormat | null; name: string; files: Record<string, string> };

export function createShelf(root: string): Shelf {
  const groups = new Map<string, Group>();
  const unread: string[] = [];
  const groupOf = (key: string, name: string): Group => {
    const known = groups.get(key);
    if (known !== undefined) return known;
    if (groups.size >= maxSources) throw tooManySources();
    const isFolder = key.startsWith('gdb:');
    const folder = `${groups.size + 1}${isFolder ? '.gdb' : ''}`;
    mkdirSync(join(root, folder), { mode: 0o700 });
    const group = { folder, format: isFolder ? ('filegdb' as const) : null, name, files: {} };
    groups.set(key, group);
    return group;
  };
  const add = (group: Group, fileName: string, extension: string, delivered: string): string => {
    if (fileName in group.files || extension in group.files) throw metTwice(delivered);
    const path = join(root, group.folder, fileName);
    group.files[group.format === 'filegdb' ? fileName : extension] = path;
    return path;
  };
  return {
    place(path) {
      const name = basename(path);
      if (path.startsWith('__MACOSX/') || name.startsWith('._') || name === fieldNameSheet) return null;
      if (isOfFileGdb(name)) {
        const folder = dirname(path);
        const title = basename(folder).replace(/\.gdb$/i, '');
        const group = groupOf(`gdb:${folder}`, title === '.' ? 'gdb' : title);
        return add(group, name.toLowerCase(), '', path);
      }
      const extension = extname(name).slice(1).toLowerCase();
      const stem = basename(name, extname(name));
      const isShapefile = shapefileExtensions.has(extension);
      const format = formatByExtension[extension];
      if (format === undefined && !isShapefile) {
        unread.push(name);
        return null;
      }
      const kind = isShapefile ? 'shp' : extension;
      const group = groupOf(`${kind}:${join(dirname(path), stem).toLowerCase()}`, stem);
      if (format !== undefined) {
        group.format = format;
        group.name = stem;
      }
      return add(group, `data.${extension}`, extension, path);
    },
    sources: () =>
      [...groups.values()].flatMap(({ folder, format, name, files }): Source[] => {
        if (format === null) return [];
        if (format === 'filegdb') return [{ path: folder, format, name, files: {} }];
        const main = Object.values(files).find(
          (file) => formatByExtension[extname(file).slice(1)] === format,
        );
        return main === undefined ? [] : [{ path: `${folder}/${basename(main)}`, format, name, files }];
      }),
    unread: () => unread,
  };
}

function metTwice(path: string): UnprocessableError {
  return new UnprocessableError({
    zh: `有两个同名文件“${path}”,请只保留一个后重新提供。`,
    en: `There are two files named "${path}"; keep one of them and deliver again.`,
  });
}

function tooManySources(): UnprocessableError {
  return new UnprocessableError({
    zh: `一次最多导入 ${maxSources} 个数据文件,请分批提供。`,
    en: `At most ${maxSources} data files can be delivered at once; deliver them in parts.`,
  });
}
