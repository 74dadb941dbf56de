import { describe, expect, it } from 'vitest';
import { pageOfSeries, seriesOf } from '../../../../client/panels/print/series-order.ts';
import { sheetOrderSchema, sheetSpecSchema } from '../../../../geodata/contract/sheets.ts';

const nothing = { adcode: null, selectedSite: null, filteredSites: null };
const chosen = { adcode: '360732', selectedSite: 'A1', filteredSites: ['A1', 'A2'] };
const city = sheetSpecSchema.parse({
  template: 'city',
  area: { kind: 'region' },
  paper: 'A1',
  scale: 500_000,
  layers: [{ id: 'mine_sites' }],
  classification: 'on_request',
  slots: { title: '全市', producer: '某局' },
});

describe('an atlas', () => {
  it('asks for the pages that were chosen', () => {
    expect(seriesOf({ by: 'county', which: 'all' }, nothing)).toEqual({ by: 'county' });
    expect(seriesOf({ by: 'county', which: 'one' }, chosen)).toEqual({ by: 'county', adcodes: ['360732'] });
    expect(seriesOf({ by: 'site', which: 'all' }, nothing)).toEqual({ by: 'site' });
    expect(seriesOf({ by: 'site', which: 'county' }, chosen)).toEqual({ by: 'site', adcode: '360732' });
    expect(seriesOf({ by: 'site', which: 'filtered' }, chosen)).toEqual({ by: 'site', codes: ['A1', 'A2'] });
    expect(seriesOf({ by: 'site', which: 'selected' }, chosen)).toEqual({ by: 'site', codes: ['A1'] });
  });

  it('is none where the choice names nothing', () => {
    expect(seriesOf({ by: 'county', which: 'one' }, nothing)).toBeNull();
    expect(seriesOf({ by: 'site', which: 'county' }, nothing)).toBeNull();
    expect(seriesOf({ by: 'site', which: 'filtered' }, nothing)).toBeNull();
    expect(seriesOf({ by: 'site', which: 'filtered' }, { ...nothing, filteredSites: [] })).toBeNull();
    expect(seriesOf({ by: 'site', which: 'selected' }, nothing)).toBeNull();
  });

  it('takes over what holds for every page and nothing that belongs to one', () => {
    const spec = pageOfSeries({ by: 'county', which: 'all' }, city, '360702');
    expect(spec).toMatchObject({
      template: 'county',
      paper: 'A3',
      area: { kind: 'county', adcode: '360702' },
      layers: city.layers,
      classification: 'on_request',
      slots: { producer: '某局' },
    });
    expect(spec.scale).toBeUndefined();
    expect(spec.slots.title).toBeUndefined();
    expect(sheetOrderSchema.safeParse({ spec, format: 'pdf', series: { by: 'county' } }).success).toBe(true);
  });

  it('keeps the paper of a sheet of its own kind, and leaves the layers of site pages to their template', () => {
    const county = { ...city, template: 'county' as const, paper: 'A2' as const };
    expect(pageOfSeries({ by: 'county', which: 'all' }, county, '360702').paper).toBe('A2');
    const site = pageOfSeries({ by: 'site', which: 'all' }, city, 'A1');
    expect(site.layers).toBeUndefined();
    expect(site).toMatchObject({ template: 'site', paper: 'A4', area: { kind: 'site', code: 'A1' } });
  });
});
