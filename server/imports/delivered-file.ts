/** What was delivered: a GeoJSON file, a shapefile beside its parts, or either in a zip; laid out in a folder of our own. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { TooLargeError, UnprocessableError } from '../errors.ts';
import { type UnzipLimits, unzip } from './unzip.ts';

const limits: UnzipLimits = { maxEntries: 500, maxBytes: 2 ** 30 };

export type DeliveredFile = {
  /** As typed, without folders. */
  name: string;
  sha256: string;
  /** What GDAL is to open; lies in the folder. */
  path: string;
  kind: 'geojson' | 'shapefile';
  /** Text of the .prj, null without one. Not left beside the shapefile, so that nothing is transformed unasked. */
  prj: string | null;
  cpg: string | null;
  /** Byte 29 of the DBF header; null without a DBF. */
  languageDriver: number | null;
};

/** Throws UnprocessableError or TooLargeError with what is wrong and what to do. */
export async function layOut(file: string, folder: string, part: string | undefined): Promise<DeliveredFile> {
  const size = await sizeOf(file);
  if (size > limits.maxBytes) {
    throw new TooLargeError({
      zh: `文件超过 ${Math.round(limits.maxBytes / 2 ** 20)} MB,请分批导入。`,
      en: `The file is larger than ${Math.round(limits.maxBytes / 2 ** 20)} MB; import it in parts.`,
    });
  }
  const common = { name: basename(file), sha256: await sha256Of(file) };
  const extension = extname(file).toLowerCase();
  if (extension === '.zip') {
    const names = await unzip(file, folder, limits);
    return { ...common, ...(await describe(folder, chooseLayer(names, part))) };
  }
  if (extension === '.shp') {
    const stem = basename(file, extname(file)).toLowerCase();
    for (const sibling of await readdir(dirname(file))) {
      if (basename(sibling, extname(sibling)).toLowerCase() !== stem) continue;
      await copyFile(join(dirname(file), sibling), join(folder, sibling));
    }
    return { ...common, ...(await describe(folder, basename(file))) };
  }
  if (extension === '.geojson' || extension === '.json') {
    await copyFile(file, join(folder, 'delivered.geojson'));
    return { ...common, ...(await describe(folder, 'delivered.geojson')) };
  }
  throw new UnprocessableError({
    zh: `不支持 ${extension || '没有扩展名的文件'}。可导入:.zip(内含 shapefile 或 GeoJSON)、.shp、.geojson、.json。`,
    en: `${extension || 'A file without extension'} is not supported; import .zip (with a shapefile or GeoJSON), .shp, .geojson or .json.`,
  });
}

function chooseLayer(names: readonly string[], part: string | undefined): string {
  const layers = names.filter((name) => /\.(shp|geojson|json)$/i.test(name));
  const list = layers.join('、') || '—';
  if (part !== undefined) {
    const chosen = layers.find((name) => name === part || basename(name, extname(name)) === part);
    if (chosen !== undefined) return chosen;
    throw new UnprocessableError({
      zh: `压缩包中没有“${part}”,其中有:${list}`,
      en: `The zip has no "${part}"; it has: ${list}`,
    });
  }
  const [only] = layers;
  if (only !== undefined && layers.length === 1) return only;
  throw new UnprocessableError(
    only === undefined
      ? {
          zh: '压缩包中没有 .shp 或 .geojson 文件。请把 .shp、.shx、.dbf、.prj 一起打包。',
          en: 'The zip holds no .shp or .geojson; pack .shp, .shx, .dbf and .prj together.',
        }
      : {
          zh: `压缩包中有 ${layers.length} 个图层:${list}。请用 --part 指定一个。`,
          en: `The zip holds ${layers.length} layers: ${list}. Choose one with --part.`,
        },
  );
}

async function describe(
  folder: string,
  name: string,
): Promise<Pick<DeliveredFile, 'path' | 'kind' | 'prj' | 'cpg' | 'languageDriver'>> {
  const path = join(folder, name);
  if (!/\.shp$/i.test(name)) return { path, kind: 'geojson', prj: null, cpg: null, languageDriver: null };
  const stem = basename(name, extname(name)).toLowerCase();
  const siblings = await readdir(folder);
  const partOf = (extension: string): string | undefined => {
    const found = siblings.find((sibling) => sibling.toLowerCase() === `${stem}.${extension}`);
    return found === undefined ? undefined : join(folder, found);
  };
  const missing = ['shx', 'dbf'].filter((extension) => partOf(extension) === undefined);
  if (missing.length > 0) {
    const list = missing.map((extension) => `.${extension}`).join('、');
    throw new UnprocessableError({
      zh: `shapefile 缺少 ${list},请把同名的 .shp、.shx、.dbf、.prj 一起提供。`,
      en: `The shapefile lacks ${list}; give .shp, .shx, .dbf and .prj of the same name together.`,
    });
  }
  const prj = partOf('prj');
  const cpg = partOf('cpg');
  return {
    // GDAL opens by exact name; parts may be written in capitals.
    path,
    kind: 'shapefile',
    prj: prj === undefined ? null : (await readFile(prj, 'latin1')).trim(),
    cpg: cpg === undefined ? null : (await readFile(cpg, 'latin1')).trim(),
    languageDriver: await languageDriverOf(partOf('dbf') ?? ''),
  };
}

async function languageDriverOf(dbf: string): Promise<number | null> {
  const handle = await open(dbf, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(32), 0, 32, 0);
    return bytesRead < 32 ? null : (buffer[29] ?? null);
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  const described = existsSync(file) ? await stat(file) : undefined;
  if (described?.isFile()) return described.size;
  throw new UnprocessableError({
    zh: `没有找到文件 ${file}。请核对路径(可用绝对路径)。`,
    en: `There is no file ${file}; check the path (an absolute one is safest).`,
  });
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
