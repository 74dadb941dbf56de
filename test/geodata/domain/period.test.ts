import { describe, expect, it } from 'vitest';
import { lastFactDay, monthsBack } from '../../../geodata/domain/period.ts';

describe('a month that is reported', () => {
  it('takes facts up to its end, or up to the day facts are known to', () => {
    expect(lastFactDay('2025-08', '2025-09-30')).toBe('2025-08-31');
    expect(lastFactDay('2025-09', '2025-09-12')).toBe('2025-09-12');
    expect(lastFactDay('2024-02', '2025-09-12')).toBe('2024-02-29');
  });

  it('follows others, the latest first', () => {
    expect(monthsBack('2025-02', 4)).toEqual(['2025-02', '2025-01', '2024-12', '2024-11']);
    expect(monthsBack('2025-02', 0)).toEqual([]);
  });
});
