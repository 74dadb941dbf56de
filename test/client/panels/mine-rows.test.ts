import { describe, expect, it } from 'vitest';
import type { FeatureRow } from '../../../client/api/feature-rows.ts';
import { countByEntry } from '../../../client/panels/legend/phase-counts.ts';
import { toggleEntry } from '../../../client/panels/legend/toggle-entry.ts';
import { countByValue, rowsWithValues, sumOf } from '../../../client/panels/mine-rows.ts';
import { mineSites } from '../../../geodata/catalogue/mine-sites.ts';

const row = (properties: FeatureRow['properties']): FeatureRow => ({ code: 'CT1', properties });

describe('counting rows', () => {
  const rows = [
    row({ phase: 'closed', county_adcode: '360702', declared_area_m2: 100 }),
    row({ phase: 'closed', county_adcode: '360783', declared_area_m2: 50.5 }),
    row({ phase: 'rectifying', county_adcode: '360783', declared_area_m2: null }),
  ];

  it('counts every legend entry, also the empty ones', () => {
    const counts = countByEntry(rows, 'phase', mineSites.style.categories?.entries ?? []);
    expect(counts).toMatchObject({ closed: 2, rectifying: 1, preparing: 0, removed: 0 });
  });

  it('leaves those of the picked values, sums what is there, and ranks places', () => {
    expect(rowsWithValues(rows, 'phase', new Set(['closed']))).toHaveLength(2);
    expect(sumOf(rows, 'declared_area_m2')).toBe(150.5);
    expect(countByValue(rows, 'county_adcode')).toEqual([
      { value: '360783', count: 2 },
      { value: '360702', count: 1 },
    ]);
  });
});

describe('toggleEntry', () => {
  it('shows one phase alone at the first click, adds and takes away after that', () => {
    expect(toggleEntry(null, 'closed', 7)).toEqual(['closed']);
    expect(toggleEntry(['closed'], 'rectifying', 7)).toEqual(['closed', 'rectifying']);
    expect(toggleEntry(['closed', 'rectifying'], 'closed', 7)).toEqual(['rectifying']);
  });

  it('takes the filter off when nothing or everything is picked', () => {
    expect(toggleEntry(['closed'], 'closed', 7)).toBeNull();
    expect(toggleEntry(['closed'], 'rectifying', 2)).toBeNull();
  });
});
