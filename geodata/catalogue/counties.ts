/** 县(市、区): the units everything else is counted by. */
import { codeField, dataKindField, measuredAreaField, nameField, versionField } from './common-fields.ts';
import { defineLayer } from './layer-definition.ts';

export const counties = defineLayer({
  id: 'counties',
  title: { zh: '县(市、区)界', en: 'Counties' },
  description: {
    zh: '县级行政单位范围。示意图,界线不作为权属和行政区划依据。',
    en: 'County-level units. Schematic: lines are no evidence of ownership or administration.',
  },
  group: 'base',
  leadDepartment: { zh: '市自然资源局', en: 'Municipal Bureau of Natural Resources' },
  countUnit: { zh: '个', en: 'units' },
  drawOrder: 10,
  table: { name: 'county', geometryType: 'MultiPolygon' },
  titleField: 'name',
  fields: [
    codeField,
    nameField,
    {
      name: 'name_en',
      type: 'text',
      title: { zh: '英文名称', en: 'English name' },
      popup: true,
      search: true,
      tile: true,
    },
    {
      name: 'adcode',
      type: 'text',
      title: { zh: '行政区划代码', en: 'Administrative code' },
      filter: true,
      tile: true,
    },
    measuredAreaField,
    dataKindField,
    versionField,
  ],
  style: {
    draw: {
      fill: { color: '#FAFAF7', opacity: 1 },
      stroke: { color: '#7A7A7A', widthPx: 1, widthMm: 0.25, dash: [6, 2, 1, 2] },
    },
    outerStroke: { color: '#3D4650', widthPx: 2, widthMm: 0.5 },
    label: { field: 'name', minzoom: 6, sizePx: 12.5, priority: 1, color: '#1F2933' },
  },
  tiles: {},
  permissions: { anonymousRead: 'sample-only' },
  source: {
    zh: '本项目据 0.05° 格网绘制的示意界线',
    en: 'Schematic outlines drawn for this project from a 0.05° grid',
  },
});
