import { describe, expect, it } from 'vitest';
import { fileProblem } from '../../../../client/panels/evidence/file-problem.ts';
import { likelyMoment } from '../../../../client/panels/evidence/likely-moment.ts';
import { firstPair, inOrderOfWorks } from '../../../../client/panels/evidence/photo-pairs.ts';
import { evidenceOf, isDoubtful } from '../../../../client/panels/marking/check-draft.ts';
import { anAttachment } from '../marking/a-site.ts';

describe('a file before it is sent', () => {
  it.each([
    ['现场.JPG', 1, 'photo', null],
    ['现场.heic', 1, 'photo', null],
    ['现场.svg', 1, 'photo', 'notPhoto'],
    ['自验报告.pdf', 1, 'document', null],
    ['自验报告.exe', 1, 'document', 'notDocument'],
    ['a.jpg', 0, 'photo', 'empty'],
    ['a.jpg', 20 * 2 ** 20 + 1, 'photo', 'tooLarge'],
    ['a.pdf', 21 * 2 ** 20, 'document', null],
    ['a.pdf', 50 * 2 ** 20 + 1, 'document', 'tooLarge'],
  ] as const)('%s of %d bytes as %s: %s', (name, size, kind, problem) => {
    expect(fileProblem({ name, size }, kind)).toBe(problem);
  });
});

describe('photos', () => {
  const photo = (id: string, moment: 'before' | 'during' | 'after' | null, takenAt: string) =>
    anAttachment({ id, moment, takenAt });
  const photos = [
    photo('after', 'after', '2025-09-01T00:00:00Z'),
    photo('before late', 'before', '2025-02-01T00:00:00Z'),
    photo('during', 'during', '2025-04-01T00:00:00Z'),
    photo('before', 'before', '2025-01-01T00:00:00Z'),
  ];

  it('stand in the order of the works', () => {
    expect(inOrderOfWorks(photos).map(({ id }) => id)).toEqual(['before', 'before late', 'during', 'after']);
  });

  it('are compared from the first to the last of the works, where there are two moments', () => {
    const pair = firstPair(photos);
    expect([pair?.left.id, pair?.right.id]).toEqual(['before', 'after']);
    expect(firstPair(photos.slice(1, 2))).toBeNull();
    expect(firstPair([])).toBeNull();
  });

  it('of a month are those of its period that were not withdrawn', () => {
    const all = [
      anAttachment({ id: 'in' }),
      anAttachment({ id: 'other month', period: '2025-08' }),
      anAttachment({ id: 'withdrawn', withdrawnAt: '2025-09-29T00:00:00Z' }),
    ];
    expect(evidenceOf(all, '2025-09').map(({ id }) => id)).toEqual(['in']);
  });

  it('without a location are not in doubt, those in the wrong place are', () => {
    expect(isDoubtful({ checks: [{ id: 'no_location' }] })).toBe(false);
    expect(isDoubtful({ checks: [{ id: 'place_ok' }, { id: 'wrong_time' }] })).toBe(true);
  });

  it('are likely of the moment the works have come to', () => {
    expect(likelyMoment('designing', [])).toBe('before');
    expect(likelyMoment('in_progress', [])).toBe('during');
    expect(likelyMoment('completed', ['selfCheckReport', 'afterPhoto'])).toBe('after');
    expect(likelyMoment('rectifying', [])).toBe('during');
  });
});
