import { describe, expect, it } from 'vitest';
import { formatItemsAddress, ITEMS_SCHEME, parseItemsAddress } from '../../../client/map/items-address.ts';

const address = {
  itemsUrl: 'http://127.0.0.1:3000/lantu/ogc/collections/counties/items?limit=10000&derived=anchor,axis',
  outline: true,
  revision: '17',
};

describe('the address of items', () => {
  it('comes back as it was written, also after a browser has normalised it', () => {
    const written = formatItemsAddress(address);
    expect(parseItemsAddress(written)).toEqual(address);
    expect(parseItemsAddress(new URL(written).href)).toEqual(address);
  });

  it('goes to the scheme the worker answers', () => {
    expect(formatItemsAddress(address).split('://')[0]).toBe(ITEMS_SCHEME);
  });

  it('differs from one revision to the next, so that new data is fetched', () => {
    expect(formatItemsAddress(address)).not.toBe(formatItemsAddress({ ...address, revision: '18' }));
  });

  it('is refused where it names no items', () => {
    expect(() => parseItemsAddress(`${ITEMS_SCHEME}://items?outline=true`)).toThrow(TypeError);
  });
});
