import { expect, it } from 'vitest';
import { hatchImageId, imageIdsOf, symbolImageId } from '../../../client/map/image-id.ts';

it('finds every picture a style names, however deep in an expression, and nothing else', () => {
  const ring = symbolImageId({ kind: 'ring-half', color: '#C8102E' }, 11);
  const larger = symbolImageId({ kind: 'ring-half', color: '#C8102E' }, 17);
  const hatch = hatchImageId({ kind: 'wave', color: '#1E6F93', spacingPx: 10, widthPx: 1 });
  const ids = imageIdsOf([
    { id: 'ground', type: 'background', paint: { 'background-color': '#FFFFFF' } },
    { id: 'wetland_parks/hatch', type: 'fill', source: 'wetland_parks', paint: { 'fill-pattern': hatch } },
    {
      id: 'mine_sites/symbol',
      type: 'symbol',
      source: 'mine_sites',
      layout: { 'icon-image': ['step', ['zoom'], ring, 9, ['match', ['get', 'phase'], 'a', larger, ring]] },
    },
  ]);
  expect(ids).toEqual([hatch, ring, larger]);
});
