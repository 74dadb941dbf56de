import fc from 'fast-check';
import type { LayerSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { type StyleChange, styleChanges } from '../../../client/map/style-diff.ts';

type Layer = LayerSpecification & { paint?: Record<string, unknown>; layout?: Record<string, unknown> };

const line = (id: string, more: object = {}): LayerSpecification =>
  ({ id, type: 'line', source: 'a', ...more }) as LayerSpecification;

/** What a map would do with the changes; fails as a map would on a layer it does not have. */
function carryOut(before: readonly LayerSpecification[], changes: StyleChange[]): LayerSpecification[] {
  const layers = structuredClone(before) as Layer[];
  const indexOf = (id: string) => {
    const index = layers.findIndex((layer) => layer.id === id);
    if (index === -1) throw new Error(`No layer ${id}`);
    return index;
  };
  const insert = (layer: Layer, above: string | undefined) =>
    layers.splice(above === undefined ? layers.length : indexOf(above), 0, layer);
  for (const change of changes) {
    if (change.type === 'add') {
      if (layers.some(({ id }) => id === change.layer.id)) throw new Error(`Twice ${change.layer.id}`);
      insert(structuredClone(change.layer) as Layer, change.before);
    } else if (change.type === 'remove') layers.splice(indexOf(change.id), 1);
    else if (change.type === 'move') {
      const [layer] = layers.splice(indexOf(change.id), 1);
      insert(layer as Layer, change.before);
    } else {
      const layer = layers[indexOf(change.id)] as Layer & Record<string, unknown>;
      if (change.type === 'filter') layer.filter = change.filter ?? undefined;
      else if (change.type === 'zoom')
        Object.assign(layer, { minzoom: change.minzoom, maxzoom: change.maxzoom });
      else layer[change.type] = { ...layer[change.type], [change.property]: change.value };
    }
  }
  return layers;
}

/** Styles are equal where they draw the same: left out is the same as the default. */
const plain = (layers: readonly LayerSpecification[]) =>
  layers.map((layer) => {
    const {
      minzoom = 0,
      maxzoom = 24,
      ...rest
    } = JSON.parse(JSON.stringify({ paint: {}, layout: {}, ...layer }));
    return { minzoom, maxzoom, ...rest };
  });

const layer = fc.record(
  {
    type: fc.constantFrom('line', 'fill'),
    source: fc.constantFrom('a', 'b'),
    minzoom: fc.integer({ min: 1, max: 5 }),
    filter: fc.constantFrom(['has', 'x'], ['has', 'y']),
    paint: fc.dictionary(fc.constantFrom('p', 'q'), fc.integer({ min: 0, max: 2 })),
    layout: fc.dictionary(fc.constantFrom('r'), fc.integer({ min: 0, max: 2 })),
  },
  { requiredKeys: ['type', 'source'] },
);
const style = fc
  .uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 })
  .chain((ids) =>
    fc
      .tuple(...ids.map(() => layer))
      .map((layers) => layers.map((one, index) => ({ id: ids[index], ...one }))),
  ) as unknown as fc.Arbitrary<LayerSpecification[]>;

describe('styleChanges', () => {
  it('turns any style into any other', () => {
    fc.assert(
      fc.property(style, style, (before, after) => {
        expect(plain(carryOut(before, styleChanges(before, after)))).toEqual(plain(after));
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing where nothing changed', () => {
    fc.assert(
      fc.property(style, (same) => {
        expect(styleChanges(same, structuredClone(same))).toEqual([]);
      }),
    );
  });

  it('changes an opacity in place', () => {
    expect(
      styleChanges(
        [line('a', { paint: { 'line-opacity': 1 } })],
        [line('a', { paint: { 'line-opacity': 0.5 } })],
      ),
    ).toEqual([{ type: 'paint', id: 'a', property: 'line-opacity', value: 0.5 }]);
  });

  it('moves one layer where one was dragged', () => {
    const changes = styleChanges([line('a'), line('b'), line('c')], [line('b'), line('c'), line('a')]);
    expect(changes).toEqual([{ type: 'move', id: 'a', before: undefined }]);
  });

  it('draws a layer anew where its source is another', () => {
    const after = line('a', { source: 'b' });
    expect(styleChanges([line('a')], [after])).toEqual([
      { type: 'remove', id: 'a' },
      { type: 'add', layer: after, before: undefined },
    ]);
  });
});
