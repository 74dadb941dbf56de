/**
 * A feature on its way into a layer: what the sample generator and the import readers make and the one
 * writer (server/imports) stores. Coordinates are [lng, lat] in CGCS2000 degrees (EPSG:4490).
 */
import type { LineString, MultiLineString, MultiPolygon, Polygon } from 'geojson';

/** A stored value by field; dates are 'YYYY-MM-DD'. */
export type FieldValue = string | number | boolean | null;

export type FeatureInput = {
  /** Unique in its layer; the public id of the feature. */
  code: string;
  /** Single geometries are stored as their multi-part form; null: the place is not known. */
  geometry: MultiPolygon | Polygon | MultiLineString | LineString | null;
  /** Centre line, only for layers with an axis column (corridors). */
  axis?: MultiLineString | LineString;
  /** By field name of the layer definition; `code` may be left out; fields no feature has keep the default of their column, else null. */
  properties: Readonly<Record<string, FieldValue>>;
};
