/** `npm run sheet -- --template county-a3 --county 360732 --out FILE.pdf`: maps on paper without a browser. */
import { userInfo } from 'node:os';
import { z } from 'zod';
import { classifications, sheetDpi, sheetTemplateIds } from '../../geodata/contract/sheets.ts';
import { orientations, paperIds } from '../../geodata/domain/sheet-paper.ts';
import { printToFile } from '../sheets/service/print-to-file.ts';
import { specFromWords } from '../sheets/service/spec-from-words.ts';
import { defineCommand } from './command.ts';

const areaWords = { zh: '县(市、区)代码', en: 'adcode of the county' };

export const sheetCommand = defineCommand({
  id: 'sheet',
  summary: {
    zh: '出图:一幅图,或每县、每座矿山一页的图册;格式由文件名的后缀决定(pdf、png、svg,图册还可为 zip)',
    en: 'print a sheet, or an atlas with a page a county or site; the ending of the file says the format (pdf, png, svg, of an atlas also zip)',
  },
  schema: z.object({
    out: z.string().min(1),
    template: z.string().max(40).optional(),
    atlas: z.enum(['county', 'site']).optional(),
    spec: z.string().min(1).optional(),
    county: z.string().max(20).optional(),
    site: z.string().max(200).optional(),
    extent: z.string().max(200).optional(),
    paper: z.enum(paperIds).optional(),
    orientation: z.enum(['auto', ...orientations]).optional(),
    scale: z.string().max(20).optional(),
    crs: z.string().max(40).optional(),
    layers: z.string().max(2_000).optional(),
    asOf: z.string().max(10).optional(),
    date: z.string().max(10).optional(),
    lang: z.string().max(20).optional(),
    dpi: z.string().max(6).optional(),
    title: z.string().max(200).optional(),
    classification: z.enum(classifications).optional(),
    mapNumber: z.string().max(200).optional(),
    reason: z.string().max(400).optional(),
    pageFormat: z.enum(['pdf', 'png', 'svg']).optional(),
    force: z.boolean().default(false),
  }),
  options: {
    out: { title: { zh: '要写的文件', en: 'file to write' }, value: 'FILE', isPath: true },
    template: {
      title: {
        zh: `模板,可带图幅,如 county-a3:${sheetTemplateIds.join('、')}`,
        en: `template, with or without a paper, such as county-a3: ${sheetTemplateIds.join(', ')}`,
      },
      value: 'NAME',
    },
    atlas: {
      title: { zh: '图册:每县或每座矿山一页', en: 'an atlas, a page a county or site' },
      value: 'county|site',
    },
    spec: {
      title: { zh: '图幅设置的 JSON 文件', en: 'JSON file with the spec' },
      value: 'FILE',
      isPath: true,
    },
    county: { title: areaWords, value: 'ADCODE' },
    site: { title: { zh: '矿山编号', en: 'code of the mine site' }, value: 'CODE' },
    extent: {
      title: {
        zh: '范围:最小经度,最小纬度,最大经度,最大纬度',
        en: 'extent: min lng, min lat, max lng, max lat',
      },
      value: 'W,S,E,N',
    },
    paper: { title: { zh: '图幅', en: 'paper' }, value: paperIds.join('|') },
    orientation: { title: { zh: '方向', en: 'orientation' }, value: 'auto|portrait|landscape' },
    scale: {
      title: {
        zh: '比例尺分母,缺省为放得下的最大整比例尺',
        en: 'denominator; the largest round scale that fits by default',
      },
      value: 'N',
    },
    crs: {
      title: { zh: '坐标系,缺省为中心所在 3° 带', en: 'CRS; the 3° zone of the centre by default' },
      value: 'EPSG:N',
    },
    layers: { title: { zh: '图层,用逗号分开', en: 'layers, separated by commas' }, value: 'ID,ID' },
    asOf: { title: { zh: '时点', en: 'state as of that day' }, value: 'YYYY-MM-DD' },
    date: {
      title: { zh: '制图日期,缺省为今天', en: 'date of the map; today by default' },
      value: 'YYYY-MM-DD',
    },
    lang: {
      title: { zh: '图上的文字,缺省为中文', en: 'words of the sheet, Chinese by default' },
      value: 'zh|en',
    },
    dpi: {
      title: {
        zh: `PNG 的分辨率,${sheetDpi.least} 到 ${sheetDpi.most}`,
        en: `of a PNG, ${sheetDpi.least} to ${sheetDpi.most}`,
      },
      value: 'N',
    },
    title: { title: { zh: '图名', en: 'title' }, value: 'TEXT' },
    classification: { title: { zh: '密级', en: 'classification' }, value: classifications.join('|') },
    mapNumber: { title: { zh: '审图号', en: 'map approval number' }, value: 'TEXT' },
    reason: {
      title: {
        zh: '公开图没有审图号仍要出图的理由',
        en: 'why a public sheet goes without an approval number',
      },
      value: 'TEXT',
    },
    pageFormat: {
      title: { zh: 'zip 内各页的格式', en: 'format of the pages in a zip' },
      value: 'pdf|png|svg',
    },
    force: { title: { zh: '文件已存在时覆盖', en: 'overwrite a file that exists' } },
  },
  async run(context, { out, force, ...words }, reporter) {
    const order = await specFromWords(words, out);
    await printToFile(context, { order, out, force, user: userInfo().username }, reporter);
  },
});
