/** The service on a full disk: reads are answered, uploads refused in words, and taken again once there is room. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import type { Problem } from '../../server/http/problem.ts';
import { findRegion } from '../../server/open-context.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { canMountSmallDisk, mountSmallDisk, type SmallDisk } from '../engines/small-disk.ts';
import { signedInAs } from '../signed-in.ts';

const isPossible = canMountSmallDisk();

describeOnEngines('the service on a full disk', ({ place }) => {
  describe.skipIf(!isPossible)('of a few hundred megabytes', () => {
    let disk: SmallDisk;
    let running: RunningServer;
    let session: Record<string, string>;
    beforeAll(async () => {
      disk = mountSmallDisk(600);
      const { databaseUrl, dataDir } = await place();
      const here = join(disk.folder, 'data');
      await cp(dataDir, here, { recursive: true });
      const { config } = readConfig({ PORT: '0', LANTU_SAMPLE: 'off' });
      running = await startServer({
        config: { ...config, databaseUrl, dataDir: here },
        region: findRegion(config.regionId),
        log: silentLog,
        onProgress: () => undefined,
      });
      session = (await signedInAs(running.context, 'administrator')).headers;
    }, 120_000);
    afterAll(async () => {
      await running.stop();
      disk.remove();
    });

    const upload = () => {
      const body = new FormData();
      body.append('files', new Blob(['{"type":"FeatureCollection","features":[]}']), 'a.geojson');
      return fetch(`${running.url}/api/imports`, { method: 'POST', headers: session, body });
    };

    it('reads on, refuses a file in words, and takes it when there is room', async () => {
      disk.fill();
      for (const path of ['/ready', '/ogc/collections/rivers/items', '/api/catalogue', '/api/imports'])
        expect((await fetch(running.url + path, { headers: session })).status).toBe(200);
      const refused = await upload();
      expect(refused.status).toBe(507);
      const problem = (await refused.json()) as Problem;
      expect(problem.code).toBe('storage-full');
      expect(problem.detail).toMatch(/磁盘/);
      disk.makeRoom();
      const taken = await upload();
      expect(taken.status).toBe(201);
      const { id } = (await taken.json()) as { id: string };
      expect(
        (await fetch(`${running.url}/api/imports/${id}`, { method: 'DELETE', headers: session })).status,
      ).toBe(204);
    }, 60_000);
  });
});
