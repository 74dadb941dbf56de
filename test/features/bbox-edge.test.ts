/** Rectangles are stored as 32-bit floats, 7.6e-6 degrees apart here; answers must be exact all the same. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { insertOddRows } from './odd-rows.ts';
import { type ServiceUnderTest, startService } from './service-under-test.ts';

const layers = catalogue.filter((layer) => layer.id === 'ecological_red_lines');

/** A square of a tenth of a metre, its south-western corner at [lng, 25.5]. */
function tiny(lng: number): { code: string; name: string; polygon: string; line: null } {
  const east = (lng + 1e-6).toFixed(7);
  const west = lng.toFixed(7);
  return {
    code: west,
    name: west,
    polygon: `MULTIPOLYGON(((${west} 25.5,${east} 25.5,${east} 25.500001,${west} 25.500001,${west} 25.5)))`,
    line: null,
  };
}

describeOnEngines('items at the edge of a bbox', ({ open }) => {
  let service: ServiceUnderTest;
  const places = Array.from({ length: 40 }, (_, index) => 115.9 + index * 2e-6);
  beforeAll(async () => {
    const database = await open();
    await insertOddRows(database, layers, places.map(tiny));
    service = await startService(database);
  });
  afterAll(() => service.close());

  it('are those that touch it, to the last decimal', async () => {
    for (const edge of [115.9000003, 115.9000101, 115.9000215, 115.9000501, 115.9000767]) {
      const { features } = await service.getJson<{ features: { id: string }[] }>(
        `/ogc/collections/ecological_red_lines/items?bbox=115.8,25.4,${edge},25.6`,
      );
      expect(features.map(({ id }) => id)).toEqual(
        places.filter((west) => west <= edge).map((west) => west.toFixed(7)),
      );
    }
  });
});
