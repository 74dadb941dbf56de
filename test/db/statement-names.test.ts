import { describe, expect, it } from 'vitest';
import { createStatementNames } from '../../server/db/statement-names.ts';

describe('the name of a statement', () => {
  it('is given from the second time on, the same for equal texts and another for others', () => {
    const nameOf = createStatementNames();
    expect(nameOf('select 1')).toBeUndefined();
    const name = nameOf('select 1');
    expect(name).toMatch(/^\w+$/);
    expect(nameOf('select 1')).toBe(name);
    nameOf('select 2');
    expect(nameOf('select 2')).not.toBe(name);
  });

  it('is given to a bounded number of texts, however many are asked', () => {
    const nameOf = createStatementNames();
    const names = new Set<string | undefined>();
    for (let index = 0; index < 5_000; index += 1) {
      nameOf(`select ${index}`);
      names.add(nameOf(`select ${index}`));
    }
    expect(names.size).toBeLessThan(300);
    expect(nameOf('select 0')).toBeDefined();
  });
});
