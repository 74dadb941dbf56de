/** KML 2.2 (OGC 07-147r2): a Placemark a feature, its fields in ExtendedData under their names, codes as stored; degrees only. */
import type { Position } from 'geojson';
import type { Bilingual, LayerField } from '../../geodata/catalogue/layer-definition.ts';
import { UnprocessableError } from '../errors.ts';
import { descriptionOf } from './describe-layer.ts';
import type { CellValue, ExportRow, LayerSnapshot, LayerWriter, Shape } from './export-order.ts';
import { coordinateWriter, ewktOf } from './text-values.ts';
import { writeTextFile } from './write-text-file.ts';
import { hasImpossible, xmlText } from './xml-text.ts';

type Damage = { cells: number };

export const writeKml: LayerWriter = async ({ snapshot, path, name, signal }) => {
  const { crs } = snapshot;
  if (crs.kind !== 'geographic') {
    throw new UnprocessableError(
      {
        zh: `KML 只能存经纬度,不能用 ${crs.name.zh};请去掉 --crs 或改用其他格式。`,
        en: `KML holds degrees only, not ${crs.name.en}; leave out --crs or choose another format.`,
      },
      { field: 'crs' },
    );
  }
  const damage: Damage = { cells: 0 };
  await writeTextFile(path, parts(snapshot, name, damage), signal);
  const notes: Bilingual[] = [];
  if (damage.cells > 0) {
    notes.push({
      zh: `${damage.cells} 个值含 XML 不允许的控制字符,已换成空格`,
      en: `${damage.cells} values hold control characters XML does not allow; they became spaces`,
    });
  }
  return notes;
};

const schemaTypes: Record<LayerField['type'], string> = {
  text: 'string',
  integer: 'int',
  real: 'double',
  boolean: 'bool',
  date: 'string',
  timestamp: 'string',
};

async function* parts(snapshot: LayerSnapshot, name: string, damage: Damage): AsyncGenerator<string> {
  const { layer, fields } = snapshot;
  const schema = fields.map((field) => {
    const title = `<displayName>${xmlText(field.title.zh, () => ' ')}</displayName>`;
    return `<SimpleField name="${field.name}" type="${schemaTypes[field.type]}">${title}</SimpleField>`;
  });
  if (layer.table.axis !== null) schema.push('<SimpleField name="axis" type="string"></SimpleField>');
  const about = descriptionOf(snapshot).map(([title, text]) => `${title}:${text}`);
  yield `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document id="root_doc">
<name>${xmlText(name, () => ' ')}</name>
<description>${xmlText(about.join('\n'), () => ' ')}</description>
<Schema name="${layer.id}" id="${layer.id}">${schema.join('')}</Schema>
`;
  for await (const row of snapshot.rows()) yield placemark(snapshot, row, damage);
  yield '</Document></kml>\n';
}

function placemark({ layer, fields, crs }: LayerSnapshot, row: ExportRow, damage: Damage): string {
  const text = (value: CellValue): string => {
    const written = String(value);
    if (hasImpossible(written)) damage.cells += 1;
    return xmlText(written, () => ' ');
  };
  const cells = fields.map(({ name }, index): [string, CellValue] => [name, row.values[index] ?? null]);
  const title = cells.find(([name]) => name === layer.titleField)?.[1] ?? null;
  if (row.axis !== null) cells.push(['axis', ewktOf(row.axis, crs)]);
  const data = cells
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `<SimpleData name="${name}">${text(value)}</SimpleData>`);
  const shape = row.shape === null ? '' : shapeText(row.shape, coordinateWriter(crs));
  const name = title === null ? '' : `<name>${xmlText(String(title), () => ' ')}</name>`;
  return `<Placemark>${name}<ExtendedData><SchemaData schemaUrl="#${layer.id}">${data.join('')}</SchemaData></ExtendedData>${shape}</Placemark>\n`;
}

function shapeText(shape: Shape, number: (value: number) => string): string {
  const positions = (line: Position[]): string =>
    `<coordinates>${line.map(([x = 0, y = 0]) => `${number(x)},${number(y)}`).join(' ')}</coordinates>`;
  const ring = (line: Position[], kind: 'outer' | 'inner'): string =>
    `<${kind}BoundaryIs><LinearRing>${positions(line)}</LinearRing></${kind}BoundaryIs>`;
  const members =
    shape.type === 'MultiPolygon'
      ? shape.coordinates.map(
          (rings) =>
            `<Polygon>${rings.map((line, index) => ring(line, index === 0 ? 'outer' : 'inner')).join('')}</Polygon>`,
        )
      : shape.coordinates.map((line) => `<LineString>${positions(line)}</LineString>`);
  return `<MultiGeometry>${members.join('')}</MultiGeometry>`;
}
