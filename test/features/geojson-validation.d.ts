declare module 'geojson-validation' {
  /** With `trace` the list of what is wrong, empty for valid GeoJSON. */
  export function valid(object: unknown, trace: true): string[];
}
