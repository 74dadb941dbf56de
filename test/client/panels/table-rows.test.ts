import { describe, expect, it } from 'vitest';
import type { FeatureRow } from '../../../client/api/feature-rows.ts';
import { nextSort, sortRows, tableColumns } from '../../../client/panels/table/table-rows.ts';
import { catalogue } from '../../../geodata/catalogue/index.ts';
import { mineSites } from '../../../geodata/catalogue/mine-sites.ts';

const field = (name: string) => mineSites.fields.find((candidate) => candidate.name === name);
const rows = (name: string, ...values: unknown[]): FeatureRow[] =>
  values.map((value, index) => ({ code: String(index), properties: { [name]: value } }));
const sorted = (name: string, descending: boolean, ...values: unknown[]) =>
  sortRows(rows(name, ...values), field(name), descending, 'zh-CN').map(({ properties }) => properties[name]);

describe('sortRows', () => {
  it('orders phases by their course, not by their letters', () => {
    expect(sorted('phase', false, 'closed', 'preparing', 'not_started')).toEqual([
      'not_started',
      'preparing',
      'closed',
    ]);
  });

  it('orders Chinese names by pinyin and the figures in them by value', () => {
    expect(sorted('name', false, '兴国', '安远', '定南')).toEqual(['安远', '定南', '兴国']);
    expect(sorted('name', false, '采石场10', '采石场2')).toEqual(['采石场2', '采石场10']);
  });

  it('orders amounts by size both ways with missing ones last', () => {
    expect(sorted('declared_area_m2', false, 900, null, 1000, 20)).toEqual([20, 900, 1000, null]);
    expect(sorted('declared_area_m2', true, 900, null, 1000, 20)).toEqual([1000, 900, 20, null]);
  });

  it('leaves the order of the service without a sort, and its list untouched', () => {
    const given = rows('name', '乙', '甲');
    expect(sortRows(given, undefined, false, 'zh-CN')).toBe(given);
    sortRows(given, field('name'), false, 'zh-CN');
    expect(given.map(({ properties }) => properties.name)).toEqual(['乙', '甲']);
  });
});

describe('nextSort', () => {
  it('goes up, down and off', () => {
    const up = nextSort(null, 'name');
    const down = nextSort(up, 'name');
    expect([up, down, nextSort(down, 'name')]).toEqual([
      { field: 'name', descending: false },
      { field: 'name', descending: true },
      null,
    ]);
  });

  it('starts anew on another column', () => {
    expect(nextSort({ field: 'name', descending: true }, 'code')).toEqual({
      field: 'code',
      descending: false,
    });
  });
});

describe('tableColumns', () => {
  it.each(catalogue.map((layer) => [layer.id, layer] as const))('gives %s columns to read', (_id, layer) => {
    expect(tableColumns(layer).map(({ name }) => name)).toContain('code');
    expect(tableColumns(layer).length).toBeGreaterThan(1);
  });
});
