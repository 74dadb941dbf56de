/**
 * 天地图: the layers of its WMTS and the addresses of their tiles, as its service list gives them
 * (lbs.tianditu.gov.cn/server/MapService.html). Nodes of provinces and cities use the same layout.
 */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';

export const tianditu = {
  /** Its eight hosts. */
  base: 'https://t{0-7}.tianditu.gov.cn',
  attribution: {
    zh: '天地图(国家地理信息公共服务平台)',
    en: 'Tianditu (National Platform for Common GeoSpatial Information Services)',
  },
  finestLevel: 18,
  defaultLayers: 'img,cia',
} as const;

/** 影像, 矢量, 地形: what the map stands on. */
export const groundTitles: Record<string, Bilingual> = {
  img: { zh: '天地图影像', en: 'Tianditu imagery' },
  vec: { zh: '天地图矢量', en: 'Tianditu street map' },
  ter: { zh: '天地图地形', en: 'Tianditu terrain' },
};

/** 注记: lettering to lie over the ground of the same name. */
export const letteringLayers = ['cia', 'cva', 'cta'];

/** Template of one layer; `matrixSet` is `w` (EPSG:3857) or `c` (EPSG:4490). */
export function tiandituTemplate(base: string, layer: string, matrixSet: 'w' | 'c'): string {
  const parameters = [
    'SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&STYLE=default&FORMAT=tiles',
    `LAYER=${layer}&TILEMATRIXSET=${matrixSet}`,
    'TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}&tk={key}',
  ];
  return `${base.replace(/\/+$/, '')}/${layer}_${matrixSet}/wmts?${parameters.join('&')}`;
}
