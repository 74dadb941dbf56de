/** Features of the wetland parks and protected areas: published facts as stated, everything else marked as sketch. */
import type { FeatureInput, FieldValue } from '../domain/feature-input.ts';
import type { Place } from '../reference/region-schema.ts';
import type { ConservationArea } from './conservation-areas.ts';
import type { Terrain } from './terrain.ts';

const levelWords = { national: '国家级', provincial: '省级', county: '市县级' } as const;
const kindWords = {
  nature_reserve: '自然保护区',
  forest_park: '森林公园',
  scenic_area: '风景名胜区',
} as const;

function noteOf(place: Place): string {
  const parts = [place.note];
  if (!place.nameChecked) parts.push('名称或级别未经公开资料核实');
  if (place.note.includes('跨')) parts.push('示意范围只绘于所在县内');
  parts.push('范围为合成示意,不代表实际界线');
  return parts.filter((part) => part !== '').join(';');
}

/** A figure stated in a place's note, such as 湿地2362.45ha or 湿地率66.05%. */
function notedFigure(note: string, pattern: RegExp): number | null {
  const match = pattern.exec(note)?.[1];
  return match === undefined ? null : Number(match);
}

function notedState(note: string): FieldValue {
  if (note.includes('试点')) return '试点';
  return note.includes('验收') ? '正式' : null;
}

export function conservationFeatures(
  areas: readonly ConservationArea[],
  terrain: Terrain,
): { wetlandParks: FeatureInput[]; protectedAreas: FeatureInput[] } {
  const wetlandParks: FeatureInput[] = [];
  const protectedAreas: FeatureInput[] = [];
  for (const place of terrain.region.places) {
    const area = areas.find((candidate) => candidate.place === place);
    if (area === undefined) continue;
    const positions = area.ring.map((point) => terrain.plane.toLngLat(point));
    const geometry: FeatureInput['geometry'] = {
      type: 'MultiPolygon',
      coordinates: [[[...positions, ...positions.slice(0, 1)]]],
    };
    const shared = {
      name: place.name,
      level: place.level === null ? null : levelWords[place.level],
      county_adcode: place.adcode,
      published_area_m2: place.areaHa === null ? null : Math.round(place.areaHa * 10_000),
      note: noteOf(place),
    };
    if (place.kind === 'wetland_park') {
      const wetlandHa = notedFigure(place.note, /湿地([\d.]+)ha/);
      wetlandParks.push({
        code: `SDGY-${place.id}`,
        geometry,
        properties: {
          ...shared,
          park_state: notedState(place.note),
          wetland_area_m2: wetlandHa === null ? null : Math.round(wetlandHa * 10_000),
          wetland_rate_percent: notedFigure(place.note, /湿地率([\d.]+)%/),
        },
      });
    } else if (place.kind !== 'mine_project') {
      protectedAreas.push({
        code: `BHD-${place.id}`,
        geometry,
        properties: { ...shared, kind: kindWords[place.kind] },
      });
    }
  }
  return { wetlandParks, protectedAreas };
}
