/**
 * Whether the parts of a shapefile belong together: GDAL reads on without a table, and takes rows from a table that ends
 * early as rows without values.
 */
import { open, stat } from 'node:fs/promises';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { UnprocessableError } from '../errors.ts';

const shxHeadBytes = 100;
const shxEntryBytes = 8;
const dbfHeadBytes = 32;

/** `files` are paths by extension. Throws UnprocessableError for a part that is missing or shorter than it says. */
export async function requireWholeShapefile(files: Readonly<Record<string, string>>): Promise<void> {
  const { shx, dbf } = files;
  const missing = [shx === undefined ? '.shx' : '', dbf === undefined ? '.dbf' : ''].filter(
    (part) => part !== '',
  );
  if (shx === undefined || dbf === undefined) {
    throw new UnprocessableError({
      zh: `shapefile 缺少 ${missing.join('、')},没有它就读不全。请把 .shp、.shx、.dbf、.prj 一起提供。`,
      en: `The shapefile lacks ${missing.join(' and ')}; give .shp, .shx, .dbf and .prj together.`,
    });
  }
  const shapes = Math.floor(((await stat(shx)).size - shxHeadBytes) / shxEntryBytes);
  const table = await tableOf(dbf);
  if (table.records !== shapes) {
    throw damaged({
      zh: `.shx 有 ${shapes} 个图形,而 .dbf 写明 ${table.records} 条属性`,
      en: `the .shx has ${shapes} shapes, but the .dbf says ${table.records} records`,
    });
  }
  if (table.bytes < table.neededBytes) {
    throw damaged({
      zh: `.dbf 应有 ${table.neededBytes} 字节,只有 ${table.bytes}`,
      en: `the .dbf should have ${table.neededBytes} bytes and has ${table.bytes}`,
    });
  }
}

async function tableOf(dbf: string): Promise<{ records: number; bytes: number; neededBytes: number }> {
  const { size } = await stat(dbf);
  const handle = await open(dbf, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(dbfHeadBytes), 0, dbfHeadBytes, 0);
    if (bytesRead < dbfHeadBytes) {
      throw damaged({ zh: '.dbf 没有完整的文件头', en: 'the .dbf has no whole head' });
    }
    const records = buffer.readUInt32LE(4);
    return { records, bytes: size, neededBytes: buffer.readUInt16LE(8) + records * buffer.readUInt16LE(10) };
  } finally {
    await handle.close();
  }
}

function damaged(what: Bilingual): UnprocessableError {
  return new UnprocessableError({
    zh: `shapefile 损坏或不完整:${what.zh}。请重新导出或拷贝后再试。`,
    en: `The shapefile is damaged or incomplete: ${what.en}. Export or copy it again.`,
  });
}
