import { describe, expect, it } from 'vitest';
import { wishOf } from '../../../../client/panels/review/review-keys.ts';
import { afterReview, placeInQueue, stepInQueue } from '../../../../client/panels/review/review-queue.ts';

const report = (code: string) => ({ code, period: '2025-09' });
const reports = [report('A'), report('B'), report('C')];
const queue = (...done: string[]) => ({ reports, done: new Set(done.map((code) => `${code}/2025-09`)) });

describe('the queue of a reviewer', () => {
  it('steps on and back over what has been decided, and stays at its ends', () => {
    expect(stepInQueue(queue(), report('A'), 1)).toEqual(report('B'));
    expect(stepInQueue(queue('B'), report('A'), 1)).toEqual(report('C'));
    expect(stepInQueue(queue('A'), report('B'), -1)).toBeNull();
    expect(stepInQueue(queue(), report('C'), 1)).toBeNull();
    expect(stepInQueue(queue(), { code: 'A', period: '2025-08' }, 1)).toBeNull();
  });

  it('goes on after a decision with the next, then with those passed over, then ends', () => {
    expect(afterReview(queue('A'), report('A'))).toEqual(report('B'));
    expect(afterReview(queue('B', 'C'), report('C'))).toEqual(report('A'));
    expect(afterReview(queue('A', 'B', 'C'), report('C'))).toBeNull();
    expect(afterReview(queue(), report('D'))).toBeNull();
  });

  it('knows the place of a report', () => {
    expect(placeInQueue(queue('A'), report('B'))).toBe(2);
    expect(placeInQueue(queue(), report('D'))).toBeNull();
  });
});

describe('keys of a reviewer', () => {
  const press = (key: string, part: { isTyping?: boolean; hasModifier?: boolean } = {}) =>
    wishOf({ key, isTyping: false, hasModifier: false, ...part });

  it('are J and → , K and ←, A and R, in capitals too', () => {
    expect(['j', 'ArrowRight', 'K', 'ArrowLeft', 'A', 'r', 'x'].map((key) => press(key))).toEqual([
      'next',
      'next',
      'previous',
      'previous',
      'accept',
      'giveBack',
      null,
    ]);
  });

  it('are not heard in what is typed, nor with a modifier', () => {
    expect(press('a', { isTyping: true })).toBeNull();
    expect(press('r', { hasModifier: true })).toBeNull();
  });
});
