/** 生态保护红线 (plan tasks 13, 18, 30). */
import {
  codeField,
  countyField,
  dataKindField,
  measuredAreaField,
  nameField,
  versionField,
  words,
} from './common-fields.ts';
import { defineLayer } from './layer-definition.ts';

export const ecologicalRedLines = defineLayer({
  id: 'ecological_red_lines',
  title: { zh: '生态保护红线', en: 'Ecological red lines' },
  description: {
    zh: '生态保护红线斑块;生态功能不降低、面积不减少、性质不改变。',
    en: 'Areas under the ecological red line: no loss of function, area or nature.',
  },
  group: 'control',
  leadDepartment: { zh: '市自然资源局', en: 'Municipal Bureau of Natural Resources' },
  countUnit: { zh: '个', en: 'areas' },
  drawOrder: 40,
  table: { name: 'ecological_red_line', geometryType: 'MultiPolygon' },
  titleField: 'name',
  fields: [
    codeField,
    nameField,
    {
      name: 'red_line_type',
      type: 'text',
      title: { zh: '红线类型', en: 'Type' },
      enum: words({
        水源涵养: 'Water conservation',
        生物多样性维护: 'Biodiversity maintenance',
        水土保持: 'Soil and water conservation',
      }),
      popup: true,
      table: true,
      filter: true,
      tile: true,
    },
    countyField,
    {
      name: 'batch',
      type: 'text',
      title: { zh: '批次(版本)', en: 'Batch (version)' },
      popup: true,
      table: true,
      filter: true,
    },
    measuredAreaField,
    dataKindField,
    versionField,
  ],
  style: {
    draw: {
      hatch: { kind: 'diagonal', color: '#2E8B57', spacingPx: 8, widthPx: 1 },
      stroke: { color: '#C8102E', widthPx: 1.3, widthMm: 0.35 },
    },
    lighterBelowZoom: 10,
    label: { field: 'name', minzoom: 11, sizePx: 11, priority: 5, color: '#8E1023' },
  },
  tiles: {},
  permissions: { anonymousRead: 'sample-only' },
  source: { zh: '按山体与河源合成的示意斑块', en: 'Synthetic areas along mountain rims and river sources' },
});
