/** Where an export goes: a file that appears under its name only when it is whole, with 示意数据 in its name where it holds sample. */
import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { link, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { UnprocessableError } from '../errors.ts';
import { dayOf, sampleWord } from './describe-layer.ts';
import type { ExportFormat } from './export-order.ts';

export const extensions: Record<ExportFormat, string> = {
  shp: '.zip',
  gpkg: '.gpkg',
  geojson: '.geojson',
  xlsx: '.xlsx',
  csv: '.csv',
  kml: '.kml',
};

/** Also taken where they are typed. */
const otherExtensions: Partial<Record<ExportFormat, string[]>> = { geojson: ['.json'] };

export type Place = {
  format: ExportFormat;
  layer: LayerDefinition;
  to: string | undefined;
  defaultFolder: string;
};

/** The file as it will be called. Throws UnprocessableError for an extension that is not the format's. */
export function targetPath({ format, layer, to, defaultFolder }: Place, hasSample: boolean): string {
  const usual = `${fileName(layer.title.zh)}_${dayOf(new Date())}${extensions[format]}`;
  if (to === undefined) return marked(join(defaultFolder, usual), hasSample);
  if (existsSync(to) && statSync(to).isDirectory()) return marked(join(to, usual), hasSample);
  const extension = extname(to).toLowerCase();
  const allowed = [extensions[format], ...(otherExtensions[format] ?? [])];
  if (allowed.includes(extension)) return marked(to, hasSample);
  const wanted = extensions[format];
  throw new UnprocessableError(
    {
      zh: `${format} 格式的文件名应以 ${wanted} 结尾,例如 ${fileName(layer.title.zh)}${wanted}${format === 'shp' ? '(各部分打成一个压缩包)' : ''}。`,
      en: `A file of format ${format} ends in ${wanted}, such as ${layer.id}${wanted}${format === 'shp' ? ' (its parts in one zip)' : ''}.`,
    },
    { field: 'to' },
  );
}

/** Without the characters Windows does not allow in names. */
function fileName(title: string): string {
  return title.replace(/[\\/:*?"<>|]/g, ' ').trim();
}

function marked(path: string, hasSample: boolean): string {
  const extension = extname(path);
  const name = basename(path, extension);
  if (!hasSample || name.includes(sampleWord)) return path;
  return join(dirname(path), `${name}_${sampleWord}${extension}`);
}

/** Throws UnprocessableError where the folder is not there, or the file is and may not be overwritten. */
export function refuseTarget(path: string, overwrite: boolean): void {
  const folder = dirname(path);
  if (!existsSync(folder)) {
    throw new UnprocessableError(
      {
        zh: `没有文件夹 ${folder},没有导出;请先建立,或用 --to 换一个位置。`,
        en: `There is no folder ${folder} and nothing was exported; make it first or choose another place with --to.`,
      },
      { field: 'to' },
    );
  }
  if (overwrite || !existsSync(path)) return;
  throw new UnprocessableError(
    {
      zh: `文件 ${path} 已存在,没有导出;请换一个文件名,或加 --overwrite 覆盖。`,
      en: `The file ${path} exists already and nothing was exported; choose another name or add --overwrite.`,
    },
    { field: 'to' },
  );
}

/**
 * Lets `write` fill a file beside the target and then gives it its name. Returns its size in bytes. When anything
 * fails nothing stays behind. Throws UnprocessableError where the place cannot be written or is full.
 */
export async function writeBeside(
  path: string,
  overwrite: boolean,
  write: (unfinished: string) => Promise<void>,
): Promise<number> {
  const unfinished = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.part`);
  try {
    await write(unfinished);
    const { size } = await stat(unfinished);
    if (overwrite) await rename(unfinished, path);
    else await giveNewName(unfinished, path);
    return size;
  } catch (error) {
    throw explainWriteError(path, error);
  } finally {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

/** A link refuses a name that was taken meanwhile; some file systems know no links. */
async function giveNewName(unfinished: string, path: string): Promise<void> {
  try {
    await link(unfinished, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') refuseTarget(path, false);
    await rename(unfinished, path);
  }
}

const fullDisk = /ENOSPC|EDQUOT|disk is full|database or disk/i;

/** What the file system or SQLite says of a target, in words; everything else as it is. */
export function explainWriteError(path: string, error: unknown): unknown {
  return inWords(path, error, {
    zh: '请清理空间或用 --to 换一个位置',
    en: 'make room or choose another place with --to',
  });
}

/** The same of the data folder, through which the rows pass. */
export function explainSpoolError(dataDir: string, error: unknown): unknown {
  return inWords(dataDir, error, {
    zh: '导出时数据先写到数据目录,请在那里清理空间',
    en: 'rows pass through the data folder on their way: make room there',
  });
}

function inWords(path: string, error: unknown, advice: Bilingual): unknown {
  if (!(error instanceof Error && 'code' in error) || error instanceof UnprocessableError) return error;
  if (fullDisk.test(`${error.code} ${error.message}`)) {
    return new UnprocessableError(
      {
        zh: `磁盘空间不足,${path} 没有写成,未完成的文件已删除;${advice.zh}。`,
        en: `The disk is full: ${path} was not written and what was unfinished is removed; ${advice.en}.`,
      },
      { cause: error },
    );
  }
  if (!('syscall' in error) && error.code !== 'ERR_SQLITE_ERROR') return error;
  return new UnprocessableError(
    {
      zh: `无法写入 ${path}(${error.code}),没有导出;请检查写入权限,${advice.zh}。`,
      en: `${path} cannot be written (${error.code}) and nothing was exported; check that this user may write there, ${advice.en}.`,
    },
    { cause: error },
  );
}
