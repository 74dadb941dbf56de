import { describe, expect, it } from 'vitest';
import { parseDatetime } from '../../geodata/domain/datetime-interval.ts';

describe('a datetime', () => {
  it.each([
    ['2025-03-01', { from: '2025-03-01', to: '2025-03-01' }],
    ['2024-02-29', { from: '2024-02-29', to: '2024-02-29' }],
    ['2025-03-01T15:59:59Z', { from: '2025-03-01', to: '2025-03-01' }],
    ['2025-03-01T16:00:00Z', { from: '2025-03-02', to: '2025-03-02' }],
    ['2025-03-01T23:30:00+08:00', { from: '2025-03-01', to: '2025-03-01' }],
    ['2025-01-01/2025-03-31', { from: '2025-01-01', to: '2025-03-31' }],
    ['2025-01-01/..', { from: '2025-01-01', to: null }],
    ['/2025-03-31', { from: null, to: '2025-03-31' }],
  ])('of %s is those days in Shanghai', (text, expected) => {
    expect(parseDatetime(text)).toEqual(expected);
  });

  it.each([
    '',
    '..',
    '../..',
    '/',
    '2025',
    '2025-13-01',
    '2025-02-29',
    '2025-03-01T25:00:00Z',
    '2025-03-01T10:00:00',
    '2025-03-02/2025-03-01',
    '2025-01-01/2025-02-01/2025-03-01',
    'yesterday',
    '0000-01-01',
    '2025-02-30T10:00:00Z',
  ])('of "%s" is none', (text) => {
    expect(parseDatetime(text)).toBeNull();
  });
});
