/** 饮用水水源保护区: defined so that one sees it is not checked; shown as 未导入 until a bureau imports it. */
import {
  codeField,
  countyField,
  dataKindField,
  measuredAreaField,
  nameField,
  versionField,
} from './common-fields.ts';
import { defineLayer } from './layer-definition.ts';

export const waterSourceProtectionAreas = defineLayer({
  id: 'water_source_protection_areas',
  title: { zh: '饮用水水源保护区', en: 'Drinking water source protection areas' },
  description: {
    zh: '饮用水水源保护区(需导入正式成果)。',
    en: 'Drinking water source protection areas (official data to be imported).',
  },
  group: 'control',
  leadDepartment: { zh: '市生态环境局', en: 'Municipal Bureau of Ecology and Environment' },
  countUnit: { zh: '个', en: 'areas' },
  drawOrder: 28,
  visible: true,
  optional: true,
  table: { name: 'water_source_protection_area', geometryType: 'MultiPolygon' },
  titleField: 'name',
  fields: [codeField, nameField, countyField, measuredAreaField, dataKindField, versionField],
  style: {
    draw: {
      fill: { color: '#7FA6D9', opacity: 0.3 },
      stroke: { color: '#2B5C9E', widthPx: 1.2, widthMm: 0.3 },
    },
    label: { field: 'name', minzoom: 12, sizePx: 11, priority: 8, color: '#2B5C9E' },
  },
  tiles: {},
  permissions: { anonymousRead: 'never' },
  source: { zh: '未导入', en: 'Not loaded' },
});
