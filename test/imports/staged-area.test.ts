/** What an import judges and measures itself, beside what PostGIS says of the same shapes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnEngines } from '../engines/on-engines.ts';
import { seededRandom } from '../engines/random.ts';
import { writeGeoJson } from '../fixtures/imports/deliveries.ts';
import { createImporter, type Importer } from '../fixtures/imports/importer.ts';

const shapeCount = 400;

/** Star-shaped polygons from 5 m to 50 km, some with a hole, some of two parts. */
function* polygons(): Generator<{ code: string; coordinates: number[][][][] }> {
  const random = seededRandom(4490);
  const ring = (lng: number, lat: number, degrees: number, corners: number): number[][] => {
    const open = Array.from({ length: corners }, (_, corner) => {
      const angle = ((corner + 0.5 * random()) / corners) * 2 * Math.PI;
      const radius = degrees * (0.6 + 0.4 * random());
      return [lng + radius * Math.cos(angle), lat + radius * Math.sin(angle)];
    });
    return [...open, open[0] ?? []];
  };
  for (let index = 0; index < shapeCount; index += 1) {
    const [lng, lat] = [113 + 4 * random(), 22 + 6 * random()];
    const degrees = 5e-5 * 10_000 ** random();
    const corners = 8 + Math.floor(100 * random());
    const rings = [ring(lng, lat, degrees, corners)];
    if (index % 3 === 0) rings.push(ring(lng, lat, degrees / 3, 9).reverse());
    const parts = [rings];
    if (index % 5 === 0) parts.push([ring(lng + 3 * degrees, lat, degrees, corners)]);
    yield { code: `A${index}`, coordinates: parts };
  }
}

describeOnEngines('areas of an import', ({ open }) => {
  let importer: Importer;
  beforeAll(async () => {
    importer = await createImporter(await open());
  });
  afterAll(() => importer.remove());

  it('are those of PostGIS to the last digit that is stored, of shapes that are valid and run the right way', async () => {
    const features = Array.from(polygons(), ({ code, coordinates }) => ({
      properties: { BSM: code, MC: code },
      geometry: { type: 'MultiPolygon', coordinates },
    }));
    await importer.run(await writeGeoJson(importer.folder, 'areas.geojson', features));
    const [row] = await importer.rows(
      `select count(*)::integer as count, min(area_m2) as least,
         (count(*) filter (where abs(area_m2 - m.area) > 0.0101 + 1e-11 * m.area))::integer as apart,
         (count(*) filter (where not ST_IsValid(geom) or not ST_IsPolygonCCW(geom)))::integer as wrong,
         (count(*) filter (where not ST_Covers(geom, anchor)))::integer as astray
       from geo.ecological_red_line
       cross join lateral (select app.geodesic_area_m2(geom) as area offset 0) as m`,
    );
    expect(row).toMatchObject({ count: shapeCount, apart: 0, wrong: 0, astray: 0 });
    expect(Number(row?.least)).toBeGreaterThan(10);
  });

  it('are refused to the shapes PostGIS finds invalid, and to no other', async () => {
    const shapes = Array.from(polygons(), ({ code, coordinates }) => {
      const [ring = []] = coordinates[0] ?? [];
      const [third = [], sixth = []] = [ring[2], ring[5]];
      const crossed = ring.map((position, index) => (index === 2 ? sixth : index === 5 ? third : position));
      return { code, geometry: { type: 'Polygon', coordinates: [crossed] } };
    });
    const features = shapes.map(({ code, geometry }) => ({ properties: { BSM: code, MC: code }, geometry }));
    const file = await writeGeoJson(importer.folder, 'crossed.geojson', features);
    const { problems, repairs } = await importer.run(file, { skipRejected: true }, { isDryRun: true });
    const broken = await importer.rows(
      `select g.nth::integer as row from jsonb_array_elements($1::jsonb) with ordinality as g(shape, nth)
       where not ST_IsValid(ST_GeomFromGeoJSON(g.shape::text)) order by g.nth`,
      [JSON.stringify(shapes.map(({ geometry }) => geometry))],
    );
    expect(broken.length).toBeGreaterThan(shapeCount / 2);
    const told = new Set([...problems, ...repairs].map(({ row }) => row));
    expect([...told].sort((a, b) => a - b)).toEqual(broken.map(({ row }) => row));
  });
});
