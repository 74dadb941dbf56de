import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinFeatures } from '../../server/features/join-features.ts';

describe('the features of a page', () => {
  it('are put together from heads of any characters and shapes of ASCII', () => {
    const head = fc.string({ unit: 'grapheme' }).map((name) => `{"name":${JSON.stringify(name)},"geometry":`);
    const shape = fc.array(fc.integer()).map((numbers) => JSON.stringify(numbers));
    fc.assert(
      fc.property(fc.array(fc.tuple(head, shape), { minLength: 1, maxLength: 8 }), (features) => {
        const joined = joinFeatures(
          '{"题":[',
          {
            heads: features.map(([text]) => text).join('\n'),
            shapes: features.map(([, text]) => text).join('\n'),
          },
          ']}',
        );
        expect(joined.toString()).toBe(`{"题":[${features.map((parts) => `${parts.join('')}}`).join(',')}]}`);
      }),
    );
  });

  it('may be none', () => {
    expect(joinFeatures('[', { heads: null, shapes: null }, ']').toString()).toBe('[]');
  });

  it('are refused where the columns have different numbers of lines', () => {
    expect(() => joinFeatures('[', { heads: 'a\nb', shapes: '1' }, ']')).toThrow('do not fit');
    expect(() => joinFeatures('[', { heads: 'a', shapes: '1\n2' }, ']')).toThrow('do not fit');
  });
});
