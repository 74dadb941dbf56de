/**
 * Area on the CGCS2000 ellipsoid of rings whose edges are short, about as fast as a planar area: the trapezoids below the
 * edges in the equal-area cylindrical projection, and the sliver between each chord and its geodesic to third order of
 * the edge's length. The bound of what is left out comes with it; geodesic.ts measures any ring exactly.
 */

export type BoundedArea = {
  /** Square metres, unsigned. */
  squareMeters: number;
  /** The exact area differs by no more than this. */
  errorSquareMeters: number;
};

const flattening = 1 / 298.257222101;
const e2 = flattening * (2 - flattening);
const a2 = 6_378_137 ** 2;
const b2 = a2 * (1 - e2);
const radians = Math.PI / 180;

/**
 * q = b² · Σ (k+1)/(2k+1) · e²ᵏ · sin²ᵏ⁺¹φ: the area between equator and latitude φ per radian of longitude
 * (J. P. Snyder, Map Projections, 1987, eq. 3-12, as a series). The next term is below 1e-15 of the first.
 */
const [q1, q2, q3, q4, q5, q6] = [1, 2, 3, 4, 5, 6].map((k) => ((k + 1) / (2 * k + 1)) * e2 ** k) as [
  number,
  number,
  number,
  number,
  number,
  number,
];

function equalAreaOrdinate(sine: number): number {
  const s2 = sine * sine;
  return b2 * sine * (1 + s2 * (q1 + s2 * (q2 + s2 * (q3 + s2 * (q4 + s2 * (q5 + s2 * q6))))));
}

/** What rounding may displace a position by: some units in the last place of its coordinates. */
const roundingMeters = 2e-9;

/**
 * Area of a closed ring lng, lat, lng, lat … in degrees, not across the antimeridian or a pole. The ring runs along geodesics
 * from position to position; fewer than three give 0.
 */
export function shortEdgeArea(ring: Float64Array): BoundedArea {
  const lng0 = ring[0] ?? 0;
  let sine = Math.sin((ring[1] ?? 0) * radians);
  const q0 = equalAreaOrdinate(sine);
  let x = 0;
  let q = 0;
  let area = 0;
  let error = 0;
  for (let at = 2; at + 1 < ring.length; at += 2) {
    const nextX = ((ring[at] as number) - lng0) * radians;
    const nextSine = Math.sin((ring[at + 1] as number) * radians);
    const nextQ = equalAreaOrdinate(nextSine) - q0;
    const dx = nextX - x;
    const dq = nextQ - q;
    const mid = 0.5 * (sine + nextSine);
    // Square of the radius of the parallel; dq² / r² and r² dx² are the squares of the edge's two legs in metres.
    const r2 = (a2 * (1 - mid * mid)) / (1 - e2 * mid * mid);
    const east = r2 * dx * dx;
    const north = (dq * dq) / r2;
    area += 0.5 * (q + nextQ) * dx + (mid * dx * (east + 3 * north)) / 12;
    const length2 = east + north;
    // Higher orders add less than half of length⁵ / (12 a² r).
    error += Math.sqrt(length2) * (roundingMeters + (length2 * length2) / (12 * a2 * Math.sqrt(r2)));
    x = nextX;
    q = nextQ;
    sine = nextSine;
  }
  return { squareMeters: Math.abs(area), errorSquareMeters: error };
}
