import { describe, expect, it } from 'vitest';
import { knownParts } from '../../../client/state/known-parts.ts';
import { catalogue } from '../../../geodata/catalogue/index.ts';
import type { CatalogueResponse } from '../../../geodata/contract/catalogue.ts';

const answer = {
  region: { counties: [{ adcode: '360702' }] },
  layers: catalogue.map((definition) => ({ definition })),
} as unknown as CatalogueResponse;

describe('knownParts', () => {
  it('leaves a link that holds as it is', () => {
    const filter = { mine_sites: ['closed', 'rectifying'] };
    const selection = { layerId: 'rivers', code: 'R1' };
    const known = knownParts({ filter, county: '360702', selection }, answer);
    expect(known).toEqual({ filter, county: '360702', selection });
    expect(known.filter).toBe(filter);
  });

  it('takes out a county, a layer and phases that nobody knows', () => {
    const filter = { mine_sites: ['closed', 'nope'], wetland_parks: ['big'], nowhere: ['closed'] };
    expect(knownParts({ filter, county: '999999', selection: { layerId: 'x', code: 'y' } }, answer)).toEqual({
      filter: { mine_sites: ['closed'] },
      county: null,
      selection: null,
    });
  });
});
