/** Fields that several layers share, so that a word is translated once. */
import type { LayerDefinitionInput } from './layer-definition.ts';

type FieldInput = LayerDefinitionInput['fields'][number];

export const codeField: FieldInput = {
  name: 'code',
  type: 'text',
  title: { zh: '编号', en: 'Code' },
  popup: true,
  table: true,
  filter: true,
  search: true,
  tile: true,
};

export const nameField: FieldInput = {
  name: 'name',
  type: 'text',
  title: { zh: '名称', en: 'Name' },
  popup: true,
  table: true,
  filter: true,
  search: true,
  edit: true,
  tile: true,
};

export const countyField: FieldInput = {
  name: 'county_adcode',
  type: 'text',
  title: { zh: '所在县(市、区)代码', en: 'County code' },
  popup: true,
  table: true,
  filter: true,
  tile: true,
};

export const measuredAreaField: FieldInput = {
  name: 'area_m2',
  type: 'real',
  unit: 'm2',
  title: { zh: '量算面积', en: 'Measured area' },
  popup: true,
  table: true,
  computed: true,
};

export const versionField: FieldInput = {
  name: 'version',
  type: 'integer',
  title: { zh: '版本号', en: 'Version' },
  computed: true,
};

/** 'sample' or 'official': every feature says what kind of data it is, also outside the screen. */
export const dataKindField: FieldInput = {
  name: 'data_kind',
  type: 'text',
  title: { zh: '数据性质', en: 'Kind of data' },
  enum: [
    { value: 'sample', title: { zh: '示意数据', en: 'Sample data' } },
    { value: 'official', title: { zh: '正式数据', en: 'Official data' } },
  ],
  popup: true,
  computed: true,
};

/** Enum entries whose stored value is the Chinese word itself. */
export function words(entries: Record<string, string>): NonNullable<FieldInput['enum']> {
  return Object.entries(entries).map(([zh, en]) => ({ value: zh, title: { zh, en } }));
}
