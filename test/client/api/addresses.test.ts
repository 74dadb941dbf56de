import { afterEach, describe, expect, it, vi } from 'vitest';
import { serviceUrl } from '../../../client/api/base-url.ts';
import { extentOfCoordinates } from '../../../client/api/feature.ts';

afterEach(() => vi.unstubAllGlobals());

describe('serviceUrl', () => {
  it('keeps the base path and drops the state of the page', () => {
    vi.stubGlobal('document', { baseURI: 'http://office:8080/lantu/?tab=data#here' });
    expect(serviceUrl('api/catalogue')).toBe('http://office:8080/lantu/api/catalogue');
  });

  it('writes a query that survives Chinese and signs', () => {
    vi.stubGlobal('document', { baseURI: 'http://127.0.0.1:3000/' });
    const url = new URL(serviceUrl('api/search', { q: '三夹水 & 100%' }));
    expect(url.searchParams.get('q')).toBe('三夹水 & 100%');
  });
});

describe('extentOfCoordinates', () => {
  it('holds a point, a line and every part of a multipolygon', () => {
    expect(extentOfCoordinates([115, 26])).toEqual([115, 26, 115, 26]);
    expect(
      extentOfCoordinates([
        [115, 26],
        [114, 27],
      ]),
    ).toEqual([114, 26, 115, 27]);
    const ring = [
      [114, 25],
      [114.5, 25],
      [114.5, 25.5],
      [114, 25],
    ];
    const other = ring.map(([lng = 0, lat = 0]) => [lng + 1, lat - 1]);
    expect(extentOfCoordinates([[ring], [other]])).toEqual([114, 24, 115.5, 25.5]);
  });

  it('is null without a position', () => {
    expect(extentOfCoordinates([])).toBeNull();
    expect(extentOfCoordinates([[[]]])).toBeNull();
    expect(extentOfCoordinates(undefined)).toBeNull();
  });
});
