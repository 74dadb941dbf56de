/** Takes out of a link what the catalogue does not know: names mistyped or of another version. Pure. */
import type { CatalogueResponse } from '../../geodata/contract/catalogue.ts';
import type { LinkedState } from './app-state.ts';

type Checked = Pick<LinkedState, 'filter' | 'county' | 'selection'>;

/**
 * The parts of `state` that would leave the screen empty without a word if they name nothing; what
 * holds comes back as the same object. A code that is not there is told by the popup, not here.
 */
export function knownParts(state: Checked, { layers, region }: CatalogueResponse): Checked {
  const byId = new Map(layers.map(({ definition }) => [definition.id, definition]));
  const filters = Object.entries(state.filter);
  const known = filters.flatMap(([id, entryIds]): typeof filters => {
    const entries = byId.get(id)?.style.categories?.entries ?? [];
    const kept = entryIds.filter((entryId) => entries.some((entry) => entry.id === entryId));
    return kept.length === 0 ? [] : [[id, kept.length === entryIds.length ? entryIds : kept]];
  });
  const isWhole = known.length === filters.length && known.every(([id, kept]) => state.filter[id] === kept);
  const { county, selection } = state;
  return {
    filter: isWhole ? state.filter : Object.fromEntries(known),
    county: region.counties.some(({ adcode }) => adcode === county) ? county : null,
    selection: selection !== null && byId.has(selection.layerId) ? selection : null,
  };
}
