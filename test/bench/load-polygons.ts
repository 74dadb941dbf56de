/** Fills an empty, migrated database with the polygons of the bench, as a layer of our own schema. */
import type { Database } from '../../server/db/database.ts';
import { benchPolygons } from './polygons.ts';

export const benchLayerId = 'ecological_red_lines';

const batchSize = 1_000;

/** Written as sample data, so that whoever asks may read it; ends with ANALYZE and VACUUM. */
export async function loadPolygons(database: Database): Promise<void> {
  const bulk = { class: 'bulk' } as const;
  const [dataset] = await database.query<{ id: string }>(
    `insert into app.dataset (layer_id, kind, title, source, as_of)
     values ($1, 'sample', '测速数据', 'bench', '2025-09-30') returning id::text as id`,
    [benchLayerId],
    bulk,
  );
  const polygons = [...benchPolygons()];
  for (let start = 0; start < polygons.length; start += batchSize) {
    const batch = polygons.slice(start, start + batchSize);
    await database.query(
      `insert into geo.ecological_red_line (code, name, name_sort, red_line_type, county_adcode, batch, geom, dataset_id)
       select u.code, u.name, u.code, u.type, u.county, '2022', u.shape::geometry, $6::bigint
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as u (code, name, type, county, shape)`,
      [
        batch.map((each) => each.code),
        batch.map((each) => each.name),
        batch.map((each) => each.type),
        batch.map((each) => each.county),
        batch.map(
          ({ ring }) => `SRID=4490;MULTIPOLYGON(((${ring.map((point) => point.join(' ')).join(',')})))`,
        ),
        dataset?.id,
      ],
      bulk,
    );
  }
  await database.query('vacuum analyze geo.ecological_red_line', [], bulk);
}
