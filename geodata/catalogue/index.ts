/** Every layer in one list. Adding a layer = one file and one entry here. */
import { biodiversityCorridors } from './biodiversity-corridors.ts';
import { counties } from './counties.ts';
import { ecologicalRedLines } from './ecological-red-lines.ts';
import type { LayerDefinition } from './layer-definition.ts';
import { minePatches } from './mine-patches.ts';
import { mineSites } from './mine-sites.ts';
import { permanentBasicFarmland } from './permanent-basic-farmland.ts';
import { protectedAreas } from './protected-areas.ts';
import { rivers } from './rivers.ts';
import { urbanGrowthBoundaries } from './urban-growth-boundaries.ts';
import { waterSourceProtectionAreas } from './water-source-protection-areas.ts';
import { wetlandParks } from './wetland-parks.ts';

/** In the order of the layer list on screen. */
export const catalogue: readonly LayerDefinition[] = [
  ecologicalRedLines,
  permanentBasicFarmland,
  urbanGrowthBoundaries,
  waterSourceProtectionAreas,
  mineSites,
  minePatches,
  protectedAreas,
  wetlandParks,
  biodiversityCorridors,
  counties,
  rivers,
];

/** The definition with this id, or undefined. */
export function findLayer(id: string): LayerDefinition | undefined {
  return catalogue.find((layer) => layer.id === id);
}
