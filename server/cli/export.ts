/** `npm run export -- --layer ID --format gpkg`: a layer into a file other programs read and this one imports again. */
import { z } from 'zod';
import { exportLayer } from '../exports/export-layer.ts';
import { exportFormats } from '../exports/export-order.ts';
import { defineCommand } from './command.ts';

export const exportCommand = defineCommand({
  id: 'export',
  summary: {
    zh: '把一个图层导出为 shapefile、GeoPackage、GeoJSON、Excel、CSV 或 KML;可原样再导入',
    en: 'export a layer as shapefile, GeoPackage, GeoJSON, Excel, CSV or KML, to be imported again unchanged',
  },
  schema: z.object({
    layer: z.string().min(1),
    format: z.enum(exportFormats),
    crs: z.string().max(2_000).optional(),
    encoding: z.string().max(40).optional(),
    to: z.string().min(1).optional(),
    overwrite: z.boolean().default(false),
  }),
  options: {
    layer: {
      title: { zh: '图层,例如 ecological_red_lines', en: 'layer, such as ecological_red_lines' },
      value: 'ID',
    },
    format: {
      title: { zh: '文件格式(shp 为压缩包)', en: 'file format (shp is a zip)' },
      value: exportFormats.join('|'),
    },
    crs: {
      title: {
        zh: '坐标系,缺省 EPSG:4490(2000国家大地坐标系经纬度)',
        en: 'CRS, EPSG:4490 (CGCS2000 degrees) by default',
      },
      value: 'EPSG',
    },
    encoding: {
      title: {
        zh: 'shapefile 的文字编码:GBK(缺省)或 UTF-8',
        en: 'encoding of a shapefile: GBK (default) or UTF-8',
      },
      value: 'NAME',
    },
    to: {
      title: {
        zh: '要写的文件或已有的文件夹,缺省为数据目录下的 exports/',
        en: 'file to write or folder that exists; by default exports/ of the data folder',
      },
      value: 'FILE',
      isPath: true,
    },
    overwrite: { title: { zh: '文件已存在时覆盖', en: 'overwrite a file that exists' } },
  },
  async run(context, { layer, ...rest }, reporter) {
    const order = { ...rest, layerId: layer, actor: 'npm run export' };
    const { path, featureCount, bytes, crs, notes } = await exportLayer(context, order, reporter);
    for (const { zh, en } of notes) reporter.report({ zh: `注意:${zh}`, en: `Note: ${en}` });
    const size = `${(bytes / 1_000_000).toFixed(1)} MB`;
    reporter.report({
      zh: `已导出 ${featureCount} 个要素(${size},EPSG:${crs.srid})到 ${path}`,
      en: `Exported ${featureCount} features (${size}, EPSG:${crs.srid}) to ${path}`,
    });
  },
});
