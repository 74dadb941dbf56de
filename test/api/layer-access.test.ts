/** Which layers may be read without an account, set by the administrator on the screen. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { layerAccessListSchema, layerAccessSchema } from '../../geodata/contract/layer-access.ts';
import type { Database } from '../../server/db/database.ts';
import { openDatabase } from '../../server/db/open.ts';
import { type DatabasePlace, silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';

describeOnEngines('reading without an account', ({ place }) => {
  let where: DatabasePlace;
  let database: Database;
  let service: ServiceUnderTest;
  let admin: Record<string, string>;
  beforeAll(async () => {
    where = await place();
    database = await openDatabase(where, silentLog);
    service = await startService(database, { config: where });
    admin = await service.signedIn('administrator');
  });
  afterAll(async () => {
    await service.close();
    await database.close();
  });

  const set = (layerId: string, body: unknown) =>
    fetch(`${service.url}/api/layer-access/${layerId}`, {
      method: 'PUT',
      headers: { ...admin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const list = async () => {
    const answer = await fetch(`${service.url}/api/layer-access`, { headers: admin });
    return layerAccessListSchema.parse(await answer.json()).layers;
  };

  it('is told of every layer of the catalogue, in its order', async () => {
    const layers = await list();
    expect(layers.map(({ layerId }) => layerId)).toEqual(catalogue.map(({ id }) => id));
    expect(layers.every(({ setting }) => setting === null)).toBe(true);
    expect(layers.find(({ layerId }) => layerId === 'permanent_basic_farmland')).toMatchObject({
      mayReadAnonymously: false,
    });
  });

  it('is closed and goes back to the definition, each with its line in the audit', async () => {
    const items = `${service.url}/ogc/collections/wetland_parks/items?limit=1`;
    const closed = layerAccessSchema.parse(
      await (await set('wetland_parks', { anonymousRead: false })).json(),
    );
    expect(closed).toMatchObject({ mayReadAnonymously: false, setting: false });
    await expect.poll(async () => (await fetch(items)).status, { timeout: 10_000 }).toBe(401);
    const back = layerAccessSchema.parse(await (await set('wetland_parks', { anonymousRead: null })).json());
    expect(back).toMatchObject({ mayReadAnonymously: true, setting: null });
    await expect.poll(async () => (await fetch(items)).status, { timeout: 10_000 }).toBe(200);
    const lines = await database.query<{ detail: unknown }>(
      `select detail from app.audit where action = 'set-anonymous-read' and subject = $1 order by seq`,
      ['wetland_parks'],
      { class: 'lookup' },
    );
    expect(lines.map(({ detail }) => detail)).toEqual([{ anonymousRead: false }, { anonymousRead: null }]);
  });

  it('refuses layers and words there are none of', async () => {
    expect((await set('nowhere', { anonymousRead: true })).status).toBe(404);
    expect((await set('rivers', { anonymousRead: 'yes' })).status).toBe(422);
    expect((await set('rivers', {})).status).toBe(422);
    expect((await list()).find(({ layerId }) => layerId === 'rivers')?.setting).toBeNull();
  });
});
