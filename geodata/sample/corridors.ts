/**
 * Biodiversity corridors: winding bands that begin inside one area of provincial level or above and end inside
 * another, along the ridges rather than through towns.
 */
import type { FeatureInput } from '../domain/feature-input.ts';
import { lineLengthMeters, polygonAreaSquareMeters } from '../domain/geodesic.ts';
import type { ConservationArea } from './conservation-areas.ts';
import { distanceToRing, isSimple, type Point, type Ring, ringContains } from './plane.ts';
import { createRandom, type Random } from './random.ts';
import type { Terrain } from './terrain.ts';

type System = {
  name: string;
  minElevationMeters: number;
  countyAdcodes: readonly string[] | null;
  count: number;
};
type Link = { from: ConservationArea; to: ConservationArea; gap: number; system: System };
type Band = {
  link: Link;
  axis: readonly Point[];
  /** Whole width in kilometres at each point of the axis. */
  widths: readonly number[];
  parts: readonly Ring[];
};

/** Areas farther apart are not linked. */
const LONGEST_KM = 60;
const WIDTH_KM = { least: 0.3, most: 2 };

function systemsOf(terrain: Terrain): System[] {
  const { corridorSystems, corridorCount } = terrain.region.sample;
  return (
    corridorSystems ?? [
      { name: '南岭-罗霄山脉', minElevationMeters: 400, countyAdcodes: null, count: corridorCount },
    ]
  );
}

/** Least distance between the two outlines, in kilometres. */
function gapBetween(one: ConservationArea, other: ConservationArea): number {
  return Math.min(...one.ring.map((point) => distanceToRing(point, other.ring)));
}

/** The shortest connections that join all areas without a circle. */
function joinShortest(areas: readonly ConservationArea[], system: System): Link[] {
  const pairs = areas
    .flatMap((from, index) =>
      areas.slice(index + 1).map((to) => {
        const between = Math.hypot(from.centre[0] - to.centre[0], from.centre[1] - to.centre[1]);
        return { from, to, between };
      }),
    )
    .sort((one, other) => one.between - other.between);
  const groups = new Map(areas.map((area, index) => [area, index]));
  const links: Link[] = [];
  for (const { from, to } of pairs) {
    const fromGroup = groups.get(from) ?? -1;
    const toGroup = groups.get(to);
    if (fromGroup === toGroup) continue;
    for (const [area, group] of groups) if (group === toGroup) groups.set(area, fromGroup);
    links.push({ from, to, gap: gapBetween(from, to), system });
  }
  return links;
}

/**
 * Links of one system, best first: between reserves and forest parks before those with wetland parks, along high
 * ground before low, and none so short that it is no corridor.
 */
function chooseLinks(areas: readonly ConservationArea[], system: System, terrain: Terrain): Link[] {
  const members = areas.filter(
    ({ place }) => system.countyAdcodes === null || system.countyAdcodes.includes(place.adcode),
  );
  const height = ({ from, to }: Link): number =>
    [0.1, 0.3, 0.5, 0.7, 0.9].reduce((sum, t): number => {
      const x = from.centre[0] + (to.centre[0] - from.centre[0]) * t;
      const y = from.centre[1] + (to.centre[1] - from.centre[1]) * t;
      return sum + terrain.hilliness([x, y]) / 5;
    }, 0);
  const byHeight = (links: readonly Link[]): Link[] =>
    links
      .filter(({ gap }) => gap >= terrain.sizeKilometers * 0.02 && gap <= LONGEST_KM)
      .map((link) => ({ link, height: height(link) }))
      .sort((one, other) => other.height - one.height)
      .map(({ link }) => link);
  const onLand = byHeight(
    joinShortest(
      members.filter(({ place }) => place.kind !== 'wetland_park'),
      system,
    ),
  );
  const linked = new Set(onLand.flatMap(({ from, to }) => [`${from.place.id} ${to.place.id}`]));
  const byWater = byHeight(joinShortest(members, system)).filter(
    ({ from, to }) => !linked.has(`${from.place.id} ${to.place.id}`),
  );
  return [...onLand, ...byWater];
}

/** A point `depth` inside the area near where the straight line to `toward` leaves it. */
function doorOf(area: ConservationArea, toward: Point, depth: number): Point {
  let best = area.centre;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const [x, y] of area.ring) {
    const length = Math.hypot(area.centre[0] - x, area.centre[1] - y) || 1;
    const inward: Point = [
      x + ((area.centre[0] - x) / length) * depth,
      y + ((area.centre[1] - y) / length) * depth,
    ];
    if (!ringContains(area.ring, inward)) continue;
    const score = Math.hypot(x - toward[0], y - toward[1]);
    if (score < bestScore) {
      bestScore = score;
      best = inward;
    }
  }
  return best;
}

/** A winding line from a to b with the given bend. */
function wind(a: Point, b: Point, bend: number, random: Random): Point[] {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const across: Point = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length];
  const steps = Math.max(16, Math.round(length / 0.7));
  const waves = [2, 3, 5].map((frequency) => ({
    frequency,
    strength: (random.normal() * 0.045) / frequency,
    phase: random.between(0, 2 * Math.PI),
  }));
  return Array.from({ length: steps + 1 }, (_, step): Point => {
    const t = step / steps;
    const envelope = Math.sin(Math.PI * t);
    const aside =
      length *
      envelope *
      (bend +
        waves.reduce(
          (sum, { frequency, strength, phase }) =>
            sum + strength * Math.sin(frequency * Math.PI * 2 * t + phase),
          0,
        ));
    return [a[0] + (b[0] - a[0]) * t + across[0] * aside, a[1] + (b[1] - a[1]) * t + across[1] * aside];
  });
}

/** The outline of the band along part of the axis. */
function outlineOf(axis: readonly Point[], widths: readonly number[]): Ring {
  const left: Point[] = [];
  const right: Point[] = [];
  axis.forEach((point, index) => {
    const before = axis[Math.max(0, index - 1)] ?? point;
    const after = axis[Math.min(axis.length - 1, index + 1)] ?? point;
    const length = Math.hypot(after[0] - before[0], after[1] - before[1]) || 1;
    const half = (widths[index] ?? 0) / 2;
    const across: Point = [
      (-(after[1] - before[1]) / length) * half,
      ((after[0] - before[0]) / length) * half,
    ];
    left.push([point[0] + across[0], point[1] + across[1]]);
    right.push([point[0] - across[0], point[1] - across[1]]);
  });
  return [...right, ...left.reverse()];
}

/** Slowly changing widths along the axis, within the least and most width. */
function widthsAlong(count: number, random: Random): number[] {
  const middle = random.between(0.8, 1.2);
  const waves = [3, 5, 9].map((frequency) => ({ frequency, phase: random.between(0, 2 * Math.PI) }));
  return Array.from({ length: count }, (_, index) => {
    const t = index / (count - 1);
    const swing =
      waves.reduce((sum, { frequency, phase }) => sum + Math.sin(frequency * Math.PI * t + phase), 0) / 3;
    return Math.min(WIDTH_KM.most * 0.98, Math.max(WIDTH_KM.least * 1.05, middle * (1 + 0.75 * swing)));
  });
}

/** Stretches of the axis between breaks; a break leaves out one step of the axis. */
function splitAtBreaks(count: number, breaks: number, random: Random): [number, number][] {
  const cuts = Array.from({ length: breaks }, (_, index) =>
    Math.round(((index + random.between(0.35, 0.65) + 0.5) / (breaks + 1)) * (count - 1)),
  );
  const stretches: [number, number][] = [];
  let from = 0;
  for (const cut of cuts) {
    stretches.push([from, cut]);
    from = cut + 1;
  }
  return [...stretches, [from, count - 1]];
}

/** The band of a link: of several bends the one along the highest ground that is simple and stays in the region. */
function layBand(link: Link, terrain: Terrain): Band | null {
  const random = createRandom(
    terrain.region.sample.seed,
    `corridor ${link.from.place.id} ${link.to.place.id}`,
  );
  const depth = Math.min(0.7, link.gap * 0.1);
  const start = doorOf(link.from, link.to.centre, depth);
  const end = doorOf(link.to, start, depth);
  const rimMargin = Math.min(WIDTH_KM.most / 2 + 0.2, terrain.borderReachKilometers * 0.95);
  const tries: { band: Band; score: number }[] = [];
  for (let attempt = 0; attempt < 14; attempt += 1) {
    const axis = wind(start, end, random.between(-0.2, 0.2), random);
    const widths = widthsAlong(axis.length, random).map((width) => Math.min(width, link.gap * 0.12));
    const breaks = Number(random.weighted(link.gap < 8 ? { 0: 3, 1: 1 } : { 0: 5, 1: 3, 2: 1, 3: 1 }));
    const parts = splitAtBreaks(axis.length, breaks, random).map(([from, to]) =>
      outlineOf(axis.slice(from, to + 1), widths.slice(from, to + 1)),
    );
    const within = axis.every(
      (point) => terrain.countyAt(point) >= 0 && terrain.outerDistance(point) > rimMargin,
    );
    if (!within || !parts.every(isSimple)) continue;
    const height = axis.reduce((sum, point) => sum + terrain.hilliness(point), 0) / axis.length;
    tries.push({ band: { link, axis, widths, parts }, score: height });
  }
  tries.sort((one, other) => other.score - one.score);
  return tries[0]?.band ?? null;
}

/** Short name of an area: without province and rank words. */
function shortName(name: string): string {
  return name
    .replace(/^江西/, '')
    .replace(/(国家级|省级|国家|市县级)?(自然保护区|森林公园|湿地公园|风景名胜区)$/, '');
}

const stateWords = { 规划: 4, 建设: 4, 建成: 3 };

export function corridorFeatures(areas: readonly ConservationArea[], terrain: Terrain): FeatureInput[] {
  const linkable = areas.filter(({ place }) => place.level === 'national' || place.level === 'provincial');
  const features: FeatureInput[] = [];
  for (const system of systemsOf(terrain)) {
    let taken = 0;
    for (const link of chooseLinks(linkable, system, terrain)) {
      if (taken === system.count || features.length === terrain.region.sample.corridorCount) break;
      const band = layBand(link, terrain);
      if (band === null) continue;
      taken += 1;
      features.push(featureOf(band, features.length + 1, terrain));
    }
  }
  return features;
}

function featureOf({ link, axis, widths, parts }: Band, number: number, terrain: Terrain): FeatureInput {
  const random = createRandom(terrain.region.sample.seed, `corridor attributes ${number}`);
  const polygons = parts.map((ring) => {
    const positions = ring.map((point) => terrain.plane.toLngLat(point));
    return [[...positions, ...positions.slice(0, 1)]];
  });
  const line = axis.map((point) => terrain.plane.toLngLat(point));
  const area = polygons.reduce((sum, polygon) => sum + polygonAreaSquareMeters(polygon), 0);
  const breaks = parts.length - 1;
  const byWater = link.from.place.kind === 'wetland_park' && link.to.place.kind === 'wetland_park';
  return {
    code: `STLD${terrain.region.adcode}${String(number).padStart(3, '0')}`,
    geometry: { type: 'MultiPolygon', coordinates: polygons },
    axis: { type: 'MultiLineString', coordinates: [line] },
    properties: {
      name: `${shortName(link.from.place.name)}—${shortName(link.to.place.name)}廊道`,
      system: link.system.name,
      kind: breaks >= 2 ? '踏脚石' : byWater ? '河流' : '山脊',
      from_area: link.from.place.name,
      to_area: link.to.place.name,
      county_adcode: link.from.place.adcode,
      min_elevation_m: link.system.minElevationMeters,
      mean_width_m: Math.round(area / lineLengthMeters(line)),
      least_width_m: Math.round(Math.min(...widths) * 1000),
      break_count: breaks,
      corridor_state: random.weighted(stateWords),
    },
  };
}
