/** How values and shapes are written in text formats: shortest exact numbers, fixed decimals of coordinates, zh words of codes. */
import type { Position } from 'geojson';
import type { LayerField } from '../../geodata/catalogue/layer-definition.ts';
import type { Crs } from '../../geodata/domain/crs.ts';
import type { CellValue, Shape } from './export-order.ts';

/** 8 decimals of a degree and 4 of a metre: a millimetre and a tenth of one. */
export function coordinateWriter(crs: Crs): (value: number) => string {
  const decimals = crs.kind === 'geographic' ? 8 : 4;
  // Through Number, so that trailing zeros and the sign of zero go.
  return (value) => String(Number(value.toFixed(decimals)) + 0);
}

/** EWKT of a shape, `SRID=4490;MULTIPOLYGON(((115 25,…)))`, rounded by coordinateWriter. */
export function ewktOf(shape: Shape, crs: Crs): string {
  return ewkt(shape, crs, coordinateWriter(crs));
}

/** The same with every digit of the doubles. */
export function exactEwktOf(shape: Shape, crs: Crs): string {
  return ewkt(shape, crs, String);
}

function ewkt(shape: Shape, crs: Crs, number: (value: number) => string): string {
  const line = (positions: Position[]): string =>
    `(${positions.map(([x = 0, y = 0]) => `${number(x)} ${number(y)}`).join(',')})`;
  const body =
    shape.type === 'MultiPolygon'
      ? `MULTIPOLYGON(${shape.coordinates.map((rings) => `(${rings.map(line).join(',')})`).join(',')})`
      : `MULTILINESTRING(${shape.coordinates.map(line).join(',')})`;
  return `SRID=${crs.srid};${body}`;
}

/** The value as people read it: the Chinese word of a coded one, 是 or 否; numbers stay numbers. */
export function readableValue(field: LayerField, value: CellValue): string | number | null {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value !== 'string') return value;
  return field.enum?.find((entry) => entry.value === value)?.title.zh ?? value;
}
