/** 矿山图斑(个): the polygons of a site, shown close up. */
import {
  codeField,
  countyField,
  dataKindField,
  measuredAreaField,
  versionField,
  words,
} from './common-fields.ts';
import { defineLayer } from './layer-definition.ts';

export const minePatches = defineLayer({
  id: 'mine_patches',
  title: { zh: '矿山图斑', en: 'Mine patches' },
  description: {
    zh: '废弃矿山的图斑;一座矿山的范围是其图斑的并集。',
    en: 'Polygons of the mine sites; the extent of a site is the union of its patches.',
  },
  group: 'restoration',
  leadDepartment: { zh: '市自然资源局', en: 'Municipal Bureau of Natural Resources' },
  countUnit: { zh: '个', en: 'patches' },
  drawOrder: 90,
  table: { name: 'mine_patch', geometryType: 'MultiPolygon' },
  titleField: 'code',
  fields: [
    codeField,
    {
      name: 'site_code',
      type: 'text',
      title: { zh: '所属矿山编号', en: 'Site code' },
      popup: true,
      table: true,
      filter: true,
      tile: true,
    },
    {
      name: 'patch_kind',
      type: 'text',
      title: { zh: '图斑类型', en: 'Kind' },
      enum: words({
        露天采场: 'Open pit',
        排土场: 'Waste dump',
        工业广场: 'Industrial yard',
        尾矿库: 'Tailings pond',
        沉陷区: 'Subsidence area',
      }),
      popup: true,
      table: true,
      filter: true,
      tile: true,
    },
    countyField,
    {
      name: 'declared_area_m2',
      type: 'real',
      unit: 'm2',
      title: { zh: '申报面积', en: 'Declared area' },
      popup: true,
      table: true,
    },
    measuredAreaField,
    dataKindField,
    versionField,
  ],
  style: {
    draw: {
      fill: { color: '#D9A05B', opacity: 0.25 },
      stroke: { color: '#8A5A1E', widthPx: 1.2, widthMm: 0.25, dash: [4, 2] },
    },
    strokeRaised: true,
    minzoom: 10,
    label: { field: 'code', minzoom: 15, sizePx: 11, priority: 7, color: '#5C3A10' },
  },
  tiles: {},
  permissions: { anonymousRead: 'sample-only', edit: 'reporting-unit' },
  source: { zh: '按任务下达面积合成的示意图斑', en: 'Synthetic patches summing to the assigned area' },
});
