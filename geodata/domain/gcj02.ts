/**
 * The offset of GCJ-02 (火星坐标), which internet maps and many phone apps add to positions. There is no official
 * text of it; the formula is the one all public implementations share (github.com/googollee/eviltransform and the
 * papers built on it), within a few metres of what the maps show. It is for recognising shifted positions, never for
 * converting data.
 */
type LngLat = readonly [lng: number, lat: number];

/** Krasovsky 1940, which the formula takes for scaling metres to degrees. */
const semiMajorAxis = 6_378_245;
const eccentricitySquared = 0.006_693_421_622_965_943;

/** The position GCJ-02 gives to a place: [lng, lat] in degrees, of WGS 84 or CGCS2000 on the way in. Outside China as it was. */
export function toGcj02([lng, lat]: LngLat): [lng: number, lat: number] {
  if (!isShiftedPlace([lng, lat])) return [lng, lat];
  const [x, y] = [lng - 105, lat - 35];
  const common = (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3);
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    common +
    (20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * (2 / 3) +
    (160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y / 30) * Math.PI)) * (2 / 3);
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    common +
    (20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * (2 / 3) +
    (150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * (2 / 3);
  const phi = (lat / 180) * Math.PI;
  const w = Math.sqrt(1 - eccentricitySquared * Math.sin(phi) ** 2);
  const meridianRadius = (semiMajorAxis * (1 - eccentricitySquared)) / w ** 3;
  const parallelRadius = (semiMajorAxis / w) * Math.cos(phi);
  return [lng + ((east / parallelRadius) * 180) / Math.PI, lat + ((north / meridianRadius) * 180) / Math.PI];
}

/**
 * The place to which GCJ-02 gives this position, in degrees, to about a millimetre: the formula has no closed inverse, but its
 * offset changes so slowly that taking it off again and again converges. Outside China as it was.
 */
export function fromGcj02(position: LngLat): [lng: number, lat: number] {
  let [lng, lat] = position;
  for (let round = 0; round < 6; round += 1) {
    const [shiftedLng, shiftedLat] = toGcj02([lng, lat]);
    lng -= shiftedLng - position[0];
    lat -= shiftedLat - position[1];
  }
  return [lng, lat];
}

/** The box in which the formula shifts. */
function isShiftedPlace([lng, lat]: LngLat): boolean {
  return lng >= 72.004 && lng <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}
