/** 永久基本农田: defined so that one sees it is not checked; shown as 未导入 until a bureau imports it. */
import {
  codeField,
  countyField,
  dataKindField,
  measuredAreaField,
  nameField,
  versionField,
} from './common-fields.ts';
import { defineLayer } from './layer-definition.ts';

export const permanentBasicFarmland = defineLayer({
  id: 'permanent_basic_farmland',
  title: { zh: '永久基本农田', en: 'Permanent basic farmland' },
  description: {
    zh: '永久基本农田(需导入正式成果)。',
    en: 'Permanent basic farmland (official data to be imported).',
  },
  group: 'control',
  leadDepartment: { zh: '市自然资源局', en: 'Municipal Bureau of Natural Resources' },
  countUnit: { zh: '个', en: 'areas' },
  drawOrder: 24,
  visible: true,
  optional: true,
  table: { name: 'permanent_basic_farmland', geometryType: 'MultiPolygon' },
  titleField: 'name',
  fields: [codeField, nameField, countyField, measuredAreaField, dataKindField, versionField],
  style: {
    draw: {
      fill: { color: '#F4DE6B', opacity: 0.5 },
      stroke: { color: '#B89B1D', widthPx: 1.2, widthMm: 0.3 },
    },
    label: { field: 'name', minzoom: 12, sizePx: 11, priority: 8, color: '#B89B1D' },
  },
  tiles: {},
  permissions: { anonymousRead: 'never' },
  source: { zh: '未导入', en: 'Not loaded' },
});
