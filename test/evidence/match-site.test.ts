import { describe, expect, it } from 'vitest';
import { indexCodes, matchSite } from '../../server/evidence/match-site.ts';

const codes = indexCodes(['A-001', 'A-001-2', '3607320001', '兴国01']);

describe('the site of a file', () => {
  it.each([
    ['A-001.jpg', 'A-001'],
    ['a-001.JPG', 'A-001'],
    ['A-001.jpg', 'A-001'],
    ['照片A-001近景.jpg', 'A-001'],
    ['A-001-2 远景.jpg', 'A-001-2'],
    ['IMG_3607320001_2.jpg', '3607320001'],
    ['兴国01(1).jpg', '兴国01'],
    ['A-001/IMG_1.jpg', 'A-001'],
    ['A-001/3607320001.jpg', '3607320001'],
    ['兴国县/A-001/照片/IMG_1.jpg', 'A-001'],
  ])('%s is %s', (path, code) => {
    expect(matchSite(path, codes)).toBe(code);
  });

  it.each([
    'A-0011.jpg',
    'XA-001.jpg',
    '36073200011.jpg',
    'IMG_1.jpg',
    '',
    'A-001和3607320001.jpg',
  ])('%s names none, or two', (path) => {
    expect(matchSite(path, codes)).toBeNull();
  });

  it('is found in time in the longest names', () => {
    const names = Array.from({ length: 200 }, (_, n) => `${'矿-'.repeat(120)}${n}`);
    const many = indexCodes(Array.from({ length: 50_000 }, (_, n) => `S${n}`));
    const start = performance.now();
    expect(names.map((name) => matchSite(name, many))).toEqual(names.map(() => null));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
