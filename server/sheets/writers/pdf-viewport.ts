/** Where the map of a page lies on earth, as PDF says it (ISO 32000-1 §12.8.8 with Adobe's extension of 2008). */
import type { PageMap } from '../page.ts';

export type PageGeo = {
  /** [lng, lat] in degrees of the frame's corners: upper left, upper right, lower right, lower left. */
  corners: readonly (readonly [number, number])[];
  epsg: number;
  isGeographic: boolean;
  /** The CRS in WKT, version 1; GDAL reads the EPSG code, other programs only this. */
  wkt?: string;
};

/** Corners in the order of PageGeo, as shares of the viewport from its lower left corner. */
const places = [0, 1, 1, 1, 1, 0, 0, 0];

/** Entry of a page's dictionary, for paper of that height. */
export function pdfViewport(
  { frame }: PageMap,
  geo: PageGeo,
  heightMm: number,
  title: string,
): Record<string, unknown> {
  const pt = (mm: number) => (mm / 25.4) * 72;
  return {
    Type: 'Viewport',
    Name: new String(title),
    BBox: [frame.x, heightMm - frame.y - frame.height, frame.x + frame.width, heightMm - frame.y].map(pt),
    Measure: {
      Type: 'Measure',
      Subtype: 'GEO',
      Bounds: [0, 1, 1, 1, 1, 0, 0, 0],
      GPTS: geo.corners.flatMap(([lng, lat]) => [degrees(lat), degrees(lng)]),
      LPTS: places,
      GCS: {
        Type: geo.isGeographic ? 'GEOGCS' : 'PROJCS',
        EPSG: geo.epsg,
        ...(geo.wkt === undefined ? {} : { WKT: new String(geo.wkt) }),
      },
    },
  };
}

/** pdfkit rounds numbers to six decimals, 0.1 m here; what it does not know it prints as it is. */
function degrees(value: number): unknown {
  return { [Symbol.toStringTag]: 'Degrees', toString: () => value.toFixed(10) };
}
