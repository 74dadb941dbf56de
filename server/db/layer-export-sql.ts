/** Layer definition → the statement that reads every feature of it for an export. */
import { columnOf, type LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { columnRef, tableOf } from './layer-sql.ts';

/** Names of the columns with the shape and the centre line, which no field can have. */
export const shapeColumn = '#shape';
export const axisColumn = '#axis';

/**
 * Every feature in the order of its code: one column per field under the field's name, the shape (and the centre
 * line where the layer has one) as little-endian WKB in CGCS2000 degrees, longitude first; null where it is null or empty.
 */
export function exportRowsSql(layer: LayerDefinition): string {
  const { table } = layer;
  const fields = layer.fields.map((field) => `${columnRef(columnOf(field))} as "${field.name}"`);
  const shapes = [wkb(table.geometry, shapeColumn)];
  if (table.axis !== null) shapes.push(wkb(table.axis, axisColumn));
  return `select ${[...fields, ...shapes].join(',\n  ')}
from ${tableOf(layer)} as f
order by ${columnRef(table.code)} collate "C"`;
}

function wkb(column: string, name: string): string {
  const geometry = columnRef(column);
  return `case when not ST_IsEmpty(${geometry}) then ST_AsBinary(${geometry}, 'NDR') end as "${name}"`;
}
