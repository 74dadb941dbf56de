/** 湿地公园 (plan task 10). A park is also a protected area by law; this layer owns it, so sums count it once. */
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

export const wetlandParks = defineLayer({
  id: 'wetland_parks',
  title: { zh: '湿地公园', en: 'Wetland parks' },
  description: {
    zh: '国家级、省级湿地公园。湿地公园只计入本图层,不计入自然保护地图层。',
    en: 'National and provincial wetland parks, counted here and not among the protected areas.',
  },
  group: 'protection',
  leadDepartment: {
    zh: '市生态环境局、市水利局',
    en: 'Municipal Bureaus of Ecology and Environment and of Water Resources',
  },
  countUnit: { zh: '个', en: 'parks' },
  drawOrder: 60,
  table: { name: 'wetland_park', geometryType: 'MultiPolygon' },
  titleField: 'name',
  fields: [
    codeField,
    nameField,
    {
      name: 'level',
      type: 'text',
      title: { zh: '级别', en: 'Level' },
      enum: words({ 国家级: 'National', 省级: 'Provincial' }),
      popup: true,
      table: true,
      filter: true,
      tile: true,
    },
    {
      name: 'park_state',
      type: 'text',
      title: { zh: '状态', en: 'State' },
      enum: words({ 正式: 'Established', 试点: 'Trial' }),
      popup: true,
      filter: true,
    },
    countyField,
    {
      name: 'published_area_m2',
      type: 'real',
      unit: 'm2',
      title: { zh: '公布面积', en: 'Published area' },
      popup: true,
      table: true,
    },
    measuredAreaField,
    {
      name: 'wetland_area_m2',
      type: 'real',
      unit: 'm2',
      title: { zh: '湿地面积', en: 'Wetland area' },
      popup: true,
    },
    {
      name: 'wetland_rate_percent',
      type: 'real',
      unit: 'percent',
      title: { zh: '湿地率', en: 'Wetland rate' },
      popup: true,
    },
    { name: 'note', type: 'text', title: { zh: '说明', en: 'Note' }, popup: true },
    dataKindField,
    versionField,
  ],
  style: {
    draw: {
      fill: { color: '#6FB9D6', opacity: 0.55 },
      hatch: { kind: 'wave', color: '#1E6F93', spacingPx: 10, widthPx: 1 },
      stroke: { color: '#1E6F93', widthPx: 1.2, widthMm: 0.3 },
    },
    label: { field: 'name', minzoom: 9, sizePx: 11.5, priority: 3, color: '#155470' },
  },
  tiles: {},
  permissions: { anonymousRead: 'sample-only' },
  source: {
    zh: '名称、级别与公布面积据公开资料;范围为合成示意',
    en: 'Names, levels and published areas from public sources; outlines synthetic',
  },
});
