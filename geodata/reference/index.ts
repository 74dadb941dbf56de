/** The regions the product ships with. Adding a region = one folder and one entry here. */
import { ganzhou } from './ganzhou/region.ts';
import type { Region } from './region-schema.ts';

export const regions: Record<string, Region> = { ganzhou };
