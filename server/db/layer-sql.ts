/**
 * Layer definition + parsed request → one statement. The only place where SQL is put together from
 * parts: identifiers come from definitions and are quoted here, everything asked for is a parameter.
 */
import { columnOf, type LayerDefinition, type LayerField } from '../../geodata/catalogue/layer-definition.ts';

/** What of a layer is asked for; already checked against its definition. */
export type LayerFilter = {
  /** A feature meets any one of them; two where a bbox crosses the antimeridian; none: no spatial condition. */
  boxes: readonly { extent: readonly [number, number, number, number]; srid: number }[];
  /** Values of one field are alternatives, fields are joined by and. */
  properties: readonly { field: string; values: readonly (string | number | boolean)[] }[];
  /** Days, both included, null: open; held against the layer's temporal field. */
  period: { from: string | null; to: string | null } | null;
  /** Day as YYYY-MM-DD whose state is asked for, conditions included; null: as it is now. */
  asOf: string | null;
};

export type Statement = { text: string; params: unknown[] };

/** Collects the parameters of one statement; `add` gives the placeholder, with its type. */
export type Params = { values: unknown[]; add(value: unknown, type: string): string };

export function collectParams(): Params {
  const values: unknown[] = [];
  return {
    values,
    add(value, type) {
      values.push(value);
      return `$${values.length}::${type}`;
    },
  };
}

/** The one place where a name becomes SQL. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteLiteral(text: string): string {
  if (text.includes('\\')) throw new Error('literals of definitions hold no backslash');
  return `'${text.replaceAll("'", "''")}'`;
}

export function tableOf(layer: LayerDefinition): string {
  return `${quoteIdentifier(layer.table.schema)}.${quoteIdentifier(layer.table.name)}`;
}

/** `f."code"`: a column of the layer's table under the alias every fragment uses. */
export function columnRef(name: string, alias = 'f'): string {
  return `${alias}.${quoteIdentifier(name)}`;
}

/** Revision of the layer as seen by this statement's own snapshot; '0' before its first change. */
export function revisionSql(layer: LayerDefinition): string {
  return `coalesce((select r.revision from app.layer_revision as r where r.layer_id = ${quoteLiteral(layer.id)}), 0)::text`;
}

/**
 * Text of a JSON value of the column. Reals always carry a decimal point, because readers guess a
 * field's type from its first values; NaN and the infinities, which JSON does not know, become null.
 */
export function jsonValueSql(field: LayerField, alias = 'f'): string {
  const column = columnRef(columnOf(field), alias);
  switch (field.type) {
    case 'integer':
    case 'boolean':
      return `coalesce(${column}::text, 'null')`;
    case 'real':
      return `case when ${column} is null or ${column} in ('NaN', 'Infinity', '-Infinity') then 'null' when ${column} = trunc(${column}) and abs(${column}) < 1e15 then ${column}::bigint::text || '.0' else ${column}::text end`;
    case 'text':
    case 'date':
    case 'timestamp':
      return `coalesce(to_json(${column})::text, 'null')`;
  }
}

export const columnTypes: Record<LayerField['type'], string> = {
  text: 'text',
  integer: 'bigint',
  real: 'double precision',
  date: 'date',
  boolean: 'boolean',
  timestamp: 'timestamptz',
};

/**
 * The one place where a WHERE is built: conditions on alias `f`, joined by `and`; 'true' without any.
 * Rectangles are compared as rectangles, for which GEOS has a path of its own that cannot fail on
 * stored invalid geometry.
 */
export function whereSql(layer: LayerDefinition, filter: LayerFilter, params: Params): string {
  const conditions: string[] = [];
  const geometry = columnRef(layer.table.geometry);
  if (filter.boxes.length > 0) {
    const boxes = filter.boxes.map((box) => {
      const envelope = `ST_MakeEnvelope(${box.extent.map((edge) => params.add(edge, 'float8')).join(', ')}, ${Math.trunc(box.srid)})`;
      if (box.srid === layer.table.srid) {
        const meets = `ST_Intersects(${geometry}, ${envelope})`;
        const inner = innerEnvelope(box, params);
        // As a case and not as an or: for an or the planner would search the index twice.
        return `${geometry} && ${envelope} and ${inner === null ? meets : `case when ${geometry} @ ${inner} then true else ${meets} end`}`;
      }
      // The literal goes to the column's CRS for the index; the few candidates go to the asked CRS for exactness.
      const literal = `ST_Envelope(ST_Transform(ST_Segmentize(${envelope}, ${params.add(segmentLength(box.extent), 'float8')}), ${layer.table.srid}))`;
      return `${geometry} && ${literal} and ST_Intersects(ST_Transform(${geometry}, ${Math.trunc(box.srid)}), ${envelope})`;
    });
    conditions.push(
      boxes.length === 1 ? (boxes[0] ?? 'true') : `(${boxes.map((box) => `(${box})`).join(' or ')})`,
    );
  }
  for (const { field: name, values } of filter.properties) {
    const field = layer.fields.find((candidate) => candidate.name === name);
    if (field === undefined) throw new Error(`${layer.id} has no field ${name}`);
    conditions.push(
      `${columnRef(columnOf(field))} = any(${params.add(values, `${columnTypes[field.type]}[]`)})`,
    );
  }
  const temporal = layer.fields.find((field) => field.name === layer.temporalField);
  if (filter.period !== null && temporal !== undefined) {
    const column = columnRef(columnOf(temporal));
    if (filter.period.from !== null)
      conditions.push(`${column} >= ${params.add(filter.period.from, 'date')}`);
    if (filter.period.to !== null) conditions.push(`${column} <= ${params.add(filter.period.to, 'date')}`);
  }
  return conditions.length === 0 ? 'true' : conditions.join('\n    and ');
}

/**
 * A rectangle so far within the box that a feature whose rectangle lies in it lies in the box: most features
 * of a map need no look at their vertices. Rectangles are held as 32-bit floats, which are up to 1.6e-5 off
 * at 180 degrees. Null where nothing would be left.
 */
function innerEnvelope({ extent, srid }: LayerFilter['boxes'][number], params: Params): string | null {
  const margin = 5e-5;
  const [minX, minY, maxX, maxY] = extent;
  if (maxX - minX < 4 * margin || maxY - minY < 4 * margin) return null;
  const inner = [minX + margin, minY + margin, maxX - margin, maxY - margin];
  return `ST_MakeEnvelope(${inner.map((edge) => params.add(edge, 'float8')).join(', ')}, ${Math.trunc(srid)})`;
}

function segmentLength([minX, minY, maxX, maxY]: readonly [number, number, number, number]): number {
  return Math.max(maxX - minX, maxY - minY, 1e-6) / 16;
}
