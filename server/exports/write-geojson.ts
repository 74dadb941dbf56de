/** GeoJSON (RFC 7946), one feature a line; field names, codes as stored. A `crs` member only where it is not degrees. */
import type { Position } from 'geojson';
import { descriptionOf } from './describe-layer.ts';
import type { CellValue, ExportRow, LayerSnapshot, LayerWriter, Shape } from './export-order.ts';
import { coordinateWriter, ewktOf } from './text-values.ts';
import { writeTextFile } from './write-text-file.ts';

export const writeGeoJson: LayerWriter = async ({ snapshot, path, name, signal }) => {
  await writeTextFile(path, parts(snapshot, name), signal);
  return [];
};

async function* parts(snapshot: LayerSnapshot, name: string): AsyncGenerator<string> {
  const { crs } = snapshot;
  const head = [`"type":"FeatureCollection"`, `"name":${JSON.stringify(name)}`];
  if (crs.kind !== 'geographic') {
    const urn = `urn:ogc:def:crs:EPSG::${crs.srid}`;
    head.push(`"crs":${JSON.stringify({ type: 'name', properties: { name: urn } })}`);
  }
  head.push(`"metadata":${JSON.stringify(Object.fromEntries(descriptionOf(snapshot)))}`);
  yield `{${head.join(',\n')},\n"features":[`;
  let separator = '\n';
  for await (const row of snapshot.rows()) {
    yield separator + featureText(snapshot, row);
    separator = ',\n';
  }
  yield '\n]}\n';
}

function featureText({ layer, fields, crs }: LayerSnapshot, { values, shape, axis }: ExportRow): string {
  const properties: [string, CellValue][] = fields.map(({ name }, index) => [name, values[index] ?? null]);
  if (layer.table.axis !== null) properties.push(['axis', axis === null ? null : ewktOf(axis, crs)]);
  const geometry = shape === null ? 'null' : geometryText(shape, coordinateWriter(crs));
  const id = JSON.stringify(values[fields.findIndex(({ name }) => name === 'code')] ?? null);
  return `{"type":"Feature","id":${id},"properties":${JSON.stringify(Object.fromEntries(properties))},"geometry":${geometry}}`;
}

function geometryText({ type, coordinates }: Shape, number: (value: number) => string): string {
  const text = (part: Position | Position[] | Position[][] | Position[][][] | number): string =>
    typeof part === 'number' ? number(part) : `[${part.map(text).join(',')}]`;
  return `{"type":"${type}","coordinates":${text(coordinates)}}`;
}
