import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLinkedState, type LinkedState } from '../../../client/state/app-state.ts';
import { formatUrlState, parseUrlState } from '../../../client/state/url.ts';
import { sheetSpec } from '../../fixtures/sheets/sheet-spec.ts';

const id = fc.stringMatching(/^[a-z][a-z0-9_]{0,30}$/);
const stepsOf = (min: number, max: number, step: number) =>
  fc
    .integer({ min: Math.ceil(min / step), max: Math.floor(max / step) })
    .map((n) => Number((n * step).toFixed(5)));

/** States as precise as a link is: a metre, a hundredth of a zoom, a hundredth of opacity. */
const linkedState: fc.Arbitrary<LinkedState> = fc.record({
  language: fc.constantFrom('zh-CN', 'en'),
  tab: fc.constantFrom('map', 'remediation', 'print', 'data', 'admin'),
  view: fc.option(
    fc.record({
      center: fc.tuple(stepsOf(-180, 180, 0.00001), stepsOf(-85, 85, 0.00001)),
      zoom: stepsOf(0, 24, 0.01),
    }),
  ),
  order: fc.uniqueArray(id, { maxLength: 6 }),
  visible: fc.dictionary(id, fc.boolean(), { maxKeys: 6 }),
  opacity: fc.dictionary(id, stepsOf(0, 0.99, 0.01), { maxKeys: 6 }),
  filter: fc.dictionary(id, fc.uniqueArray(id, { maxLength: 4 }), { maxKeys: 3 }),
  county: fc.option(fc.stringMatching(/^\d{6}$/)),
  selection: fc.option(
    fc.record({ layerId: id, code: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }) }),
  ),
  asOf: fc.option(
    fc.integer({ min: 0, max: 9_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10)),
  ),
  importJob: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/)),
  sheet: fc.option(sheetSpec),
}) as fc.Arbitrary<LinkedState>;

describe('the address of a state', () => {
  it('gives back every state it was written from', () => {
    fc.assert(
      fc.property(linkedState, (state) => {
        expect(parseUrlState(formatUrlState(state))).toEqual(state);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same however the records were filled', () => {
    const forwards = {
      ...emptyLinkedState,
      visible: { rivers: false, counties: false },
      opacity: { a: 0.5, b: 0.25 },
    };
    const backwards = {
      ...emptyLinkedState,
      visible: { counties: false, rivers: false },
      opacity: { b: 0.25, a: 0.5 },
    };
    expect(formatUrlState(forwards)).toBe(formatUrlState(backwards));
  });

  it('takes no day to come and nothing that is no day', () => {
    for (const day of ['2999-01-01', '2025-02-30', 'yesterday', '2025-06-30T00:00:00Z']) {
      expect(parseUrlState(`?as_of=${day}`).asOf).toBeNull();
    }
    expect(parseUrlState('?as_of=2024-06-30').asOf).toBe('2024-06-30');
  });

  it('is empty on a first visit', () => {
    expect(formatUrlState(emptyLinkedState)).toBe('');
    expect(parseUrlState('')).toEqual(emptyLinkedState);
  });

  it('reads like what it says', () => {
    const state: LinkedState = {
      ...emptyLinkedState,
      tab: 'remediation',
      view: { center: [115.340001, 26.33], zoom: 9.456 },
      visible: { rivers: false, counties: true },
      opacity: { wetland_parks: 0.5 },
      filter: { mine_sites: ['closed', 'in_works'] },
      selection: { layerId: 'mine_sites', code: 'CT 001,甲:2' },
    };
    expect(formatUrlState(state)).toBe(
      '?tab=remediation&view=115.34,26.33,9.46&on=counties&off=rivers&opacity=wetland_parks:0.5' +
        '&filter=mine_sites:closed.in_works&select=mine_sites:CT+001,%E7%94%B2:2',
    );
  });

  it('keeps a layer whose entries are all hidden apart from one without a filter', () => {
    const state = { ...emptyLinkedState, filter: { mine_sites: [] } };
    expect(parseUrlState(formatUrlState(state)).filter).toEqual({ mine_sites: [] });
  });
});

describe('a damaged address', () => {
  it('leaves out what it says wrongly and keeps the rest', () => {
    const state = parseUrlState(
      '?lang=fr&tab=nowhere&view=200,26,9&order=counties,DROP TABLE,counties&opacity=rivers:1.5,counties:x,mine_sites:0.5' +
        '&filter=:a,mine_sites:closed.%00&county=36070&select=mine_sites&off=rivers&surplus=1',
    );
    expect(state).toEqual({
      ...emptyLinkedState,
      order: ['counties'],
      opacity: { mine_sites: 0.5 },
      filter: { mine_sites: ['closed'] },
      visible: { rivers: false },
    });
  });

  it.each([
    '?view=115.3,26',
    '?view=,,',
    '?view=1e1,26,9',
    '?view=115.3,NaN,9',
    '?view=115,26,99',
  ])('shows the home view for %s', (search) => {
    expect(parseUrlState(search).view).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        parseUrlState(`?view=${text}&select=${text}&filter=${text}&opacity=${text}&order=${text}`);
        parseUrlState(text);
      }),
    );
  });
});
