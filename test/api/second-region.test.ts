/** The whole service on a second, invented region: no fact of the first one may remain in any answer. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CatalogueResponse } from '../../geodata/contract/catalogue.ts';
import type { ProgressResponse } from '../../geodata/contract/progress.ts';
import { readConfig } from '../../server/config.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { tinyRegion } from '../fixtures/tiny-region.ts';

describeOnEngines('a second region', ({ emptyPlace }) => {
  let running: RunningServer;

  beforeAll(async () => {
    const place = await emptyPlace();
    const { config } = readConfig({ PORT: '0' });
    running = await startServer({
      config: { ...config, ...place },
      region: tinyRegion,
      log: silentLog,
      onProgress: () => {},
    });
  }, 120_000);
  afterAll(() => running.stop());

  it('describes itself with its own names, extent and zones', async () => {
    const catalogue = (await (await fetch(`${running.url}/api/catalogue`)).json()) as CatalogueResponse;
    expect(catalogue.region).toMatchObject({ id: 'tinyland', extent: [110.5, 30, 111.1, 30.3] });
    expect(catalogue.region.homeZones.map(({ zone }) => zone)).toEqual([37]);
    expect(catalogue.region.counties.map(({ name }) => name).sort()).toEqual(['东微县', '西微县']);
    const sites = catalogue.layers.find(({ definition }) => definition.id === 'mine_sites');
    expect(sites?.featureCount).toBe(5);
  });

  it('counts progress against its own base', async () => {
    const progress = (await (await fetch(`${running.url}/api/progress`)).json()) as ProgressResponse;
    expect(progress.campaign).toMatchObject({ document: '微府字〔2024〕1号', base: { count: 5 } });
    expect(progress.total.listed.count).toBe(5);
    expect(progress.asOf).toBe('2024-06-30');
  });

  it('names the first region nowhere', async () => {
    const { layers } = (await (await fetch(`${running.url}/api/catalogue`)).json()) as CatalogueResponse;
    const published = layers.filter(({ state }) => state === 'loaded').map(({ definition }) => definition.id);
    expect(published.length).toBeGreaterThanOrEqual(6);
    const paths = [
      ...['/ogc', '/ogc/collections', '/ogc/api', '/api/catalogue', '/api/progress'],
      ...published.map((id) => `/ogc/collections/${id}/items?limit=1000`),
    ];
    for (const path of paths) {
      const text = await (await fetch(running.url + path)).text();
      expect(/赣|ganzhou|"3607\d\d|岿美山|〔2022〕/i.exec(text)?.[0], path).toBeUndefined();
    }
  });
});
