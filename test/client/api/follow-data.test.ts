import { describe, expect, it } from 'vitest';
import { dataState } from '../../../client/api/follow-data.ts';
import { catalogue } from '../../../geodata/catalogue/index.ts';
import type { CatalogueLayer, CatalogueResponse } from '../../../geodata/contract/catalogue.ts';

function answer(change: Partial<CatalogueLayer> = {}): CatalogueResponse {
  const layers = catalogue.map((definition, index) => ({
    definition,
    state: 'loaded',
    mayRead: true,
    revision: '1',
    ...(index === 0 ? change : {}),
  }));
  return { layers } as CatalogueResponse;
}

describe('dataState', () => {
  it('differs when a layer is opened or closed to the reader', () => {
    expect(dataState(answer({ mayRead: false }))).not.toBe(dataState(answer()));
  });

  it('differs when a layer has another revision or none any more, and only then', () => {
    expect(dataState(answer())).toBe(dataState(answer({ featureCount: 3 })));
    expect(dataState(answer({ revision: '2' }))).not.toBe(dataState(answer()));
    expect(dataState(answer({ state: 'not-loaded' }))).not.toBe(dataState(answer()));
  });
});
