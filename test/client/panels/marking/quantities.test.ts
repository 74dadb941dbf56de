import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readArea,
  readNumber,
  retypeArea,
  typeArea,
  typedAreaUnits,
} from '../../../../client/panels/marking/quantities.ts';

describe('numbers as they are typed', () => {
  it.each([
    ['1,234.5', 1234.5],
    ['0.32', 0.32],
    ['.5', 0.5],
    ['１２．５', 12.5],
    ['12。5', 12.5],
    ['-3', -3],
  ])('read %s', (text, value) => {
    expect(readNumber(text)).toEqual({ is: 'number', value });
  });

  it.each(['abc', '1e5', '1.2.3', '3公顷', '--1'])('refuse %s', (text) => {
    expect(readNumber(text)).toEqual({ is: 'invalid' });
  });

  it('take blanks for no answer', () => {
    expect(readNumber('  ')).toEqual({ is: 'empty' });
  });

  it('are areas in the unit one thinks in, stored in square metres', () => {
    expect(readArea('0.32', 'ha')).toEqual({ is: 'number', value: 3200 });
    expect(readArea('15', 'mu')).toEqual({ is: 'number', value: 10_000 });
    expect(readArea('88.5', 'm2')).toEqual({ is: 'number', value: 88.5 });
  });

  it('come back as they were stored, in whatever unit they are shown', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000_000_00 }),
        fc.constantFrom(...typedAreaUnits),
        fc.constantFrom(...typedAreaUnits),
        (hundredths, first, second) => {
          const stored = hundredths / 100;
          const typed = retypeArea(typeArea(stored, first), first, second);
          const read = readArea(typed, second);
          expect(read.is === 'number' && Math.abs(read.value - stored) < 0.011).toBe(true);
        },
      ),
    );
  });

  it('leave text that is no number alone when the unit changes', () => {
    expect(retypeArea('约3', 'ha', 'mu')).toBe('约3');
  });
});
