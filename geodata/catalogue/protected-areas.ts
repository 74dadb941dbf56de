/** 自然保护地: nature reserves, forest parks, scenic areas, geoparks. */
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

export const protectedAreas = defineLayer({
  id: 'protected_areas',
  title: { zh: '自然保护地', en: 'Protected areas' },
  description: {
    zh: '自然保护区、森林公园、风景名胜区、地质公园(湿地公园见湿地公园图层)。',
    en: 'Nature reserves, forest parks, scenic areas and geoparks (wetland parks have their own layer).',
  },
  group: 'protection',
  leadDepartment: { zh: '市林业局', en: 'Municipal Bureau of Forestry' },
  countUnit: { zh: '处', en: 'areas' },
  drawOrder: 30,
  table: { name: 'protected_area', geometryType: 'MultiPolygon' },
  titleField: 'name',
  fields: [
    codeField,
    nameField,
    {
      name: 'kind',
      type: 'text',
      title: { zh: '类型', en: 'Kind' },
      enum: words({
        自然保护区: 'Nature reserve',
        森林公园: 'Forest park',
        风景名胜区: 'Scenic area',
        地质公园: 'Geopark',
      }),
      popup: true,
      table: true,
      filter: true,
      tile: true,
    },
    {
      name: 'level',
      type: 'text',
      title: { zh: '级别', en: 'Level' },
      enum: words({ 国家级: 'National', 省级: 'Provincial', 市县级: 'Municipal or county' }),
      popup: true,
      table: true,
      filter: true,
      tile: true,
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
    { name: 'note', type: 'text', title: { zh: '说明', en: 'Note' }, popup: true },
    dataKindField,
    versionField,
  ],
  style: {
    draw: {
      fill: { color: '#C3DCA8', opacity: 0.6 },
      stroke: { color: '#4C7A2B', widthPx: 1.2, widthMm: 0.3 },
    },
    label: { field: 'name', minzoom: 9, sizePx: 11.5, priority: 4, color: '#35591D' },
  },
  tiles: {},
  permissions: { anonymousRead: 'sample-only' },
  source: {
    zh: '名称、级别与公布面积据公开资料;范围为合成示意',
    en: 'Names, levels and published areas from public sources; outlines synthetic',
  },
});
