/** 水系: schematic courses for orientation. */
import { codeField, dataKindField, nameField, versionField } from './common-fields.ts';
import { defineLayer } from './layer-definition.ts';

export const rivers = defineLayer({
  id: 'rivers',
  title: { zh: '水系', en: 'Rivers' },
  description: { zh: '主要河流走向(示意)。', en: 'Courses of the main rivers (schematic).' },
  group: 'base',
  leadDepartment: { zh: '市水利局', en: 'Municipal Bureau of Water Resources' },
  countUnit: { zh: '条', en: 'rivers' },
  drawOrder: 20,
  table: { name: 'river', geometryType: 'MultiLineString', anchor: null, area: null },
  titleField: 'name',
  fields: [
    codeField,
    nameField,
    {
      name: 'length_m',
      type: 'real',
      unit: 'm',
      title: { zh: '量算长度', en: 'Measured length' },
      popup: true,
      table: true,
      computed: true,
    },
    dataKindField,
    versionField,
  ],
  style: {
    draw: { stroke: { color: '#8FB4CF', widthPx: 1.4, widthMm: 0.3 } },
    label: { field: 'name', minzoom: 8, sizePx: 11, priority: 6, color: '#3C6E91' },
  },
  tiles: {},
  permissions: { anonymousRead: 'sample-only' },
  source: { zh: '据城镇与汇流点绘制的示意河线', en: 'Schematic lines through known towns and confluences' },
});
