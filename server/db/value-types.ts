/**
 * How column values arrive in Node, the same on both engines: bigint, numeric, date and time stay text,
 * so that nothing is rounded and no day shifts with the machine's time zone.
 */
import pg from 'pg';

const oid = { date: 1082, timestamp: 1114, timestamptz: 1184, dateArray: 1182, timestampArray: 1115 };
const textArrayOid = 1009;
const keep = (text: string): string => text;

/** '2025-09-30 08:00:00.5+00' as '2025-09-30T08:00:00.500Z'; infinity and years before 1 stay as they are. */
export function instantToIso(text: string): string {
  const time = Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
  return Number.isNaN(time) ? text : new Date(time).toISOString();
}

/** For the `types` option of a pool: text columns only, the binary format is not asked for. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') => {
    if (id === oid.date || id === oid.timestamp) return keep;
    if (id === oid.timestamptz) return instantToIso;
    if (id === oid.dateArray || id === oid.timestampArray)
      return pg.types.getTypeParser(textArrayOid as number, 'text');
    return pg.types.getTypeParser(id, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};
