/** 城镇开发边界: defined so that one sees it is not checked; shown as 未导入 until a bureau imports it. */
import {
  codeField,
  countyField,
  dataKindField,
  measuredAreaField,
  nameField,
  versionField,
} from './common-fields.ts';
import { defineLayer } from './layer-definition.ts';

export const urbanGrowthBoundaries = defineLayer({
  id: 'urban_growth_boundaries',
  title: { zh: '城镇开发边界', en: 'Urban growth boundary' },
  description: {
    zh: '城镇开发边界(需导入正式成果)。',
    en: 'Urban growth boundary (official data to be imported).',
  },
  group: 'control',
  leadDepartment: { zh: '市自然资源局', en: 'Municipal Bureau of Natural Resources' },
  countUnit: { zh: '个', en: 'areas' },
  drawOrder: 26,
  visible: true,
  optional: true,
  table: { name: 'urban_growth_boundary', geometryType: 'MultiPolygon' },
  titleField: 'name',
  fields: [codeField, nameField, countyField, measuredAreaField, dataKindField, versionField],
  style: {
    draw: {
      fill: { color: '#E0457B', opacity: 0.06 },
      stroke: { color: '#E0457B', widthPx: 1.2, widthMm: 0.3 },
    },
    label: { field: 'name', minzoom: 12, sizePx: 11, priority: 8, color: '#E0457B' },
  },
  tiles: {},
  permissions: { anonymousRead: 'never' },
  source: { zh: '未导入', en: 'Not loaded' },
});
