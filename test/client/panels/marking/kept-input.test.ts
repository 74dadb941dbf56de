import { describe, expect, it } from 'vitest';
import { keepInput, readInput } from '../../../../client/panels/marking/kept-input.ts';

function memory() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  };
}

const first = { effectiveOn: '2025-09-30', documentNumber: '', reason: '' };

describe('what is typed into a form', () => {
  it('comes back where the form is opened again, by the same account and of the same thing only', () => {
    const store = memory();
    keepInput(store, 'a/decide/CT1/closed', first, { ...first, documentNumber: '赣市自然资销〔2025〕3号' });
    expect(readInput(store, 'a/decide/CT1/closed', first)).toEqual({
      ...first,
      documentNumber: '赣市自然资销〔2025〕3号',
    });
    expect(readInput(store, 'b/decide/CT1/closed', first)).toEqual(first);
    expect(readInput(store, 'a/decide/CT2/closed', first)).toEqual(first);
  });

  it('leaves days nobody changed to the day on which the form is opened again', () => {
    const store = memory();
    keepInput(store, 'a/x', first, { ...first, reason: '核实' });
    expect(readInput(store, 'a/x', { ...first, effectiveOn: '2025-10-08' })).toEqual({
      effectiveOn: '2025-10-08',
      documentNumber: '',
      reason: '核实',
    });
  });

  it('is gone once it is sent or taken out again, and nothing where it cannot be read', () => {
    const store = memory();
    keepInput(store, 'a/x', first, { ...first, reason: '核实' });
    keepInput(store, 'a/x', first, first);
    expect([...store.kept]).toEqual([]);
    store.setItem('lantu-input/a/x', '{"reason":1}');
    expect(readInput(store, 'a/x', first)).toEqual(first);
    store.setItem('lantu-input/a/x', '{"another":"field"}');
    expect(readInput(store, 'a/x', first)).toEqual(first);
    store.setItem('lantu-input/a/x', '{');
    expect(readInput(store, 'a/x', first)).toEqual(first);
  });

  it('is lost, not the form, where the browser keeps nothing', () => {
    const full = {
      getItem: () => {
        throw new Error('switched off');
      },
      setItem: () => {
        throw new Error('full');
      },
      removeItem: () => undefined,
    };
    keepInput(full, 'a/x', first, { ...first, reason: '核实' });
    expect(readInput(full, 'a/x', first)).toEqual(first);
  });
});
