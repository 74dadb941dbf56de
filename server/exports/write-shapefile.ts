/** A zipped shapefile with .prj, .cpg and a sheet of names (字段名对照.csv), since a DBF cuts names to ten bytes. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { fieldNameSheet } from '../../geodata/domain/exported-sheets.ts';
import { BadRequestError } from '../errors.ts';
import { type DbfColumn, dbfColumns } from './dbf-columns.ts';
import type { TextEncoding } from './dbf-names.ts';
import { encodeGbk } from './encode-gbk.ts';
import { esriWkt } from './esri-wkt.ts';
import type { LayerSnapshot, LayerWriter } from './export-order.ts';
import { writeShapefileParts } from './shapefile-parts.ts';
import { writeZip } from './write-zip.ts';

const gbk: TextEncoding = { id: 'gbk', cpg: 'GBK', languageByte: 0x4d, encode: encodeGbk };
const utf8: TextEncoding = {
  id: 'utf-8',
  cpg: 'UTF-8',
  languageByte: 0,
  encode: (text) => Buffer.from(text),
};

export const writeShapefile: LayerWriter = async ({ snapshot, path, workFolder, name, encoding, signal }) => {
  const texts = encodingOf(encoding);
  const columns = await dbfColumns(snapshot, texts);
  const parts = await writeShapefileParts(snapshot, columns, texts, workFolder, signal);
  const entries = [
    ...(['shp', 'shx', 'dbf'] as const).map((part) => ({ name: `${name}.${part}`, file: parts[part] })),
    { name: `${name}.prj`, text: esriWkt(snapshot.crs) },
    { name: `${name}.cpg`, text: texts.cpg },
    { name: fieldNameSheet, text: namesText(columns) },
  ];
  await writeZip(path, entries, signal);
  return notesOf(snapshot, columns, texts);
};

/** Throws BadRequestError for an encoding that is not written. */
export function encodingOf(asked: string | undefined): TextEncoding {
  if (asked === undefined || /^(GBK|GB2312|CP?936)$/i.test(asked)) return gbk;
  if (/^UTF-?8$/i.test(asked)) return utf8;
  throw new BadRequestError(
    {
      zh: `编码“${asked}”不能用于导出,可用:GBK、UTF-8。`,
      en: `"${asked}" is not written; use GBK or UTF-8.`,
    },
    { field: 'encoding' },
  );
}

function namesText(columns: readonly DbfColumn[]): string {
  const head = ['文件中的字段名', '名称', '英文名称', '系统字段名', '类型', '宽度', '小数位', '单位'];
  const rows = columns.map(({ name, field, type, width, decimals }) => [
    name,
    field.title.zh,
    field.title.en,
    field.name,
    { C: '文本', N: '数值', D: '日期' }[type],
    String(width),
    String(decimals),
    field.unit ?? '',
  ]);
  const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `\uFEFF${[head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

function notesOf(
  { hasAxis, featureCount }: LayerSnapshot,
  columns: readonly DbfColumn[],
  { cpg }: TextEncoding,
): Bilingual[] {
  const cut = columns.filter(({ name, field }) => name !== field.title.zh);
  const notes: Bilingual[] = [
    {
      zh: `文字编码 ${cpg};DBF 不区分空文字与无值,都写为空白`,
      en: `texts are in ${cpg}; a DBF does not tell empty text from no value, both are blank`,
    },
  ];
  if (cut.length > 0) {
    const list = cut.map(({ name, field }) => `${field.title.zh} → ${name}`).join(',');
    notes.push({
      zh: `字段名最多 10 字节,已按整字缩短(见 ${fieldNameSheet}):${list}`,
      en: `field names hold 10 bytes and were shortened by whole characters (see ${fieldNameSheet}): ${list}`,
    });
  }
  if (hasAxis && featureCount > 0) {
    notes.push({
      zh: '中心线存不进面状 shapefile,没有导出;需要时请用 --format gpkg',
      en: 'centre lines do not fit a shapefile of polygons and were left out; use --format gpkg to keep them',
    });
  }
  return notes;
}
