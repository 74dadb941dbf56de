/**
 * The floor: what one query written by hand and nothing else can do on this machine. No cache, no checks,
 * no log, no rights; the same features, properties and decimals as the service. Not a part of the product.
 *     node floor-server.ts DATABASE_URL   → prints its address
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

const itemsText = `select string_agg('{"type":"Feature","id":' || to_json(f.code)::text
    || ',"geometry":' || ST_AsGeoJSON(f.geom, 6, 0)
    || ',"properties":{"code":' || to_json(f.code)::text
    || ',"name":' || to_json(f.name)::text
    || ',"red_line_type":' || to_json(f.red_line_type)::text
    || ',"county_adcode":' || to_json(f.county_adcode)::text
    || ',"batch":' || to_json(f.batch)::text
    || ',"area_m2":' || f.area_m2::text
    || ',"data_kind":' || to_json(f.data_kind)::text
    || ',"version":' || f.version::text || '}}', ',') as features
  from geo.ecological_red_line as f
  where f.geom && ST_MakeEnvelope($1, $2, $3, $4, 4490)
    and ST_Intersects(f.geom, ST_MakeEnvelope($1, $2, $3, $4, 4490))`;

const tileText = `select ST_AsMVT(t.*, 'ecological_red_lines', 4096, 'shape', 'id') as tile
  from (
    select f.id, f.code, f.name, f.red_line_type, f.county_adcode,
      ST_AsMVTGeom(ST_Transform(f.geom, 3857), ST_TileEnvelope($1, $2, $3), 4096, 64) as shape
    from geo.ecological_red_line as f
    where f.geom && ST_Transform(ST_TileEnvelope($1, $2, $3, margin => (64.0 / 4096)), 4490)) as t
  where t.shape is not null`;

const pool = new pg.Pool({
  connectionString: process.argv[2],
  application_name: 'floor',
  max: 10,
  options: '-c jit=off',
});

async function answer(url: URL): Promise<{ type: string; body: string | Buffer }> {
  const tile = /^\/tiles\/(\d+)\/(\d+)\/(\d+)$/.exec(url.pathname);
  if (tile !== null) {
    const [z, y, x] = tile.slice(1).map(Number);
    // Not kept parsed: a plan for any tile transforms the tile once for each row it looks at.
    const { rows } = await pool.query({ text: tileText, values: [z, x, y] });
    return { type: 'application/vnd.mapbox-vector-tile', body: rows[0].tile };
  }
  const values = (url.searchParams.get('bbox') ?? '').split(',').map(Number);
  const { rows } = await pool.query({ name: 'items', text: itemsText, values });
  return {
    type: 'application/geo+json',
    body: `{"type":"FeatureCollection","features":[${rows[0].features ?? ''}]}`,
  };
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://floor');
  if (url.pathname === '/cpu') {
    response.end(JSON.stringify(process.cpuUsage()));
    return;
  }
  answer(url).then(
    ({ type, body }) => {
      response.setHeader('Content-Type', type);
      response.end(body);
    },
    (error: Error) => {
      response.statusCode = 500;
      response.end(error.message);
    },
  );
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
