/**
 * Gauss-Kruger projection by the Krüger series to n⁴ (L. Krüger 1912; coefficients as in C. F. F. Karney, "Transverse
 * Mercator with an accuracy of a few nanometers", 2011, eqs. 35 and 36), on CGCS2000 unless another ellipsoid is given.
 * Error below 0.01 mm within 6° of the central meridian. Pure arithmetic, usable in the browser.
 */

/** What the series needs of an ellipsoid. */
export type Ellipsoid = {
  eccentricity: number;
  /** Radius in metres of the sphere whose meridian is as long as the ellipsoid's. */
  rectifyingRadius: number;
  alpha: readonly number[];
  beta: readonly number[];
};

/** From the semi-major axis in metres and the flattening. */
function ellipsoid(semiMajorMeters: number, flattening: number): Ellipsoid {
  const n = flattening / (2 - flattening);
  return {
    eccentricity: Math.sqrt(flattening * (2 - flattening)),
    rectifyingRadius: (semiMajorMeters / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64),
    alpha: [
      n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3 + (41 / 180) * n ** 4,
      (13 / 48) * n ** 2 - (3 / 5) * n ** 3 + (557 / 1440) * n ** 4,
      (61 / 240) * n ** 3 - (103 / 140) * n ** 4,
      (49_561 / 161_280) * n ** 4,
    ],
    beta: [
      n / 2 - (2 / 3) * n ** 2 + (37 / 96) * n ** 3 - (1 / 360) * n ** 4,
      (1 / 48) * n ** 2 + (1 / 15) * n ** 3 - (437 / 1440) * n ** 4,
      (17 / 480) * n ** 3 - (37 / 840) * n ** 4,
      (4397 / 161_280) * n ** 4,
    ],
  };
}

/** GB 22021-2008. */
export const cgcs2000Ellipsoid = ellipsoid(6_378_137, 1 / 298.257222101);
/** IAG 1975, of the Xi'an 1980 system (EPSG:7049). */
export const iag1975Ellipsoid = ellipsoid(6_378_140, 1 / 298.257);
/** Krassowsky 1940, of the Beijing 1954 system (EPSG:7024). */
export const krassowskyEllipsoid = ellipsoid(6_378_245, 1 / 298.3);

const radiansPerDegree = Math.PI / 180;

/** Metres east of the central meridian and north of the equator of [lng, lat] in degrees. */
export function gaussKrugerForward(
  lngLat: readonly [number, number],
  centralMeridian: number,
  { eccentricity, rectifyingRadius, alpha }: Ellipsoid = cgcs2000Ellipsoid,
): [east: number, north: number] {
  const phi = lngLat[1] * radiansPerDegree;
  const lambda = (lngLat[0] - centralMeridian) * radiansPerDegree;
  const sinPhi = Math.sin(phi);
  const conformalTan = Math.sinh(Math.atanh(sinPhi) - eccentricity * Math.atanh(eccentricity * sinPhi));
  const xi = Math.atan2(conformalTan, Math.cos(lambda));
  const eta = Math.atanh(Math.sin(lambda) / Math.hypot(1, conformalTan));
  const [north, east] = addSeries(xi, eta, alpha, 1);
  return [rectifyingRadius * east, rectifyingRadius * north];
}

/** [lng, lat] in degrees of a point `east` of the central meridian and `north` of the equator, in metres. */
export function gaussKrugerInverse(
  east: number,
  north: number,
  centralMeridian: number,
  { eccentricity, rectifyingRadius, beta }: Ellipsoid = cgcs2000Ellipsoid,
): [lng: number, lat: number] {
  const xi = north / rectifyingRadius;
  const eta = east / rectifyingRadius;
  const [xiSphere, etaSphere] = addSeries(xi, eta, beta, -1);
  const conformalTan = Math.sin(xiSphere) / Math.hypot(Math.sinh(etaSphere), Math.cos(xiSphere));
  const lambda = Math.atan2(Math.sinh(etaSphere), Math.cos(xiSphere));
  return [
    centralMeridian + lambda / radiansPerDegree,
    Math.atan(tanOfLatitude(conformalTan, eccentricity)) / radiansPerDegree,
  ];
}

/** xi ± Σ cₖ sin 2kξ cosh 2kη and eta ± Σ cₖ cos 2kξ sinh 2kη; multiple angles by the addition theorems. */
function addSeries(
  xi: number,
  eta: number,
  coefficients: readonly number[],
  sign: 1 | -1,
): [xi: number, eta: number] {
  const [sin2, cos2, sinh2, cosh2] = [
    Math.sin(2 * xi),
    Math.cos(2 * xi),
    Math.sinh(2 * eta),
    Math.cosh(2 * eta),
  ];
  let [sin, cos, sinh, cosh] = [sin2, cos2, sinh2, cosh2];
  let xiSum = 0;
  let etaSum = 0;
  for (const coefficient of coefficients) {
    xiSum += coefficient * sin * cosh;
    etaSum += coefficient * cos * sinh;
    [sin, cos] = [sin * cos2 + cos * sin2, cos * cos2 - sin * sin2];
    [sinh, cosh] = [sinh * cosh2 + cosh * sinh2, cosh * cosh2 + sinh * sinh2];
  }
  return [xi + sign * xiSum, eta + sign * etaSum];
}

/** Tangent of the latitude from that of the conformal latitude, by Newton's method (Karney 2011, eqs. 19–21). */
function tanOfLatitude(conformalTan: number, eccentricity: number): number {
  const e2 = eccentricity ** 2;
  let tau = conformalTan;
  for (let step = 0; step < 5; step++) {
    const root = Math.hypot(1, tau);
    const sigma = Math.sinh(eccentricity * Math.atanh((eccentricity * tau) / root));
    const current = tau * Math.hypot(1, sigma) - sigma * root;
    const delta =
      ((conformalTan - current) / Math.hypot(1, current)) * ((1 + (1 - e2) * tau ** 2) / ((1 - e2) * root));
    tau += delta;
    // Each step squares the error: the next one would change nothing.
    if (Math.abs(delta) < 1e-9) break;
  }
  return tau;
}
