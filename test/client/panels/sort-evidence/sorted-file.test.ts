import { describe, expect, it } from 'vitest';
import { isMeant, sentName, sortProblem } from '../../../../client/panels/sort-evidence/sorted-file.ts';

const mega = 2 ** 20;

describe('files to be sorted by site', () => {
  it.each([
    ['a.jpg', 1, null],
    ['a.jpg', 0, 'empty'],
    ['a.jpg', 21 * mega, 'tooLarge'],
    ['意见.PDF', 49 * mega, null],
    ['意见.pdf', 51 * mega, 'tooLarge'],
    // A zip holds many.
    ['九月.zip', 499 * mega, null],
    ['九月.zip', 501 * mega, 'tooLarge'],
    ['九月.zip', 0, 'empty'],
    ['a.exe', 1, 'notDocument'],
  ])('%s of %d bytes: %s', (name, size, problem) => {
    expect(sortProblem({ name, size })).toBe(problem);
  });

  it('are not what systems leave in folders', () => {
    expect(
      ['.DS_Store', 'Thumbs.db', 'desktop.ini', '~$月报.docx', '._a.jpg'].filter((name) => isMeant({ name })),
    ).toEqual([]);
    expect(isMeant({ name: 'a.jpg' })).toBe(true);
  });

  it('bring along the name of the folder they lie in', () => {
    const name = 'IMG_1.jpg';
    expect(sentName({ name, webkitRelativePath: '' })).toBe(name);
    expect(sentName({ name, webkitRelativePath: '九月/CT1/IMG_1.jpg' })).toBe('CT1_IMG_1.jpg');
  });
});
