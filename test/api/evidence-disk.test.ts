/** Evidence on a full disk: refused in words, nothing of it kept, and taken again once there is room. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttachmentList } from '../../geodata/contract/attachments.ts';
import type { Problem } from '../../server/http/problem.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { canMountSmallDisk, mountSmallDisk, type SmallDisk } from '../engines/small-disk.ts';
import { addMineSites } from '../evidence/mine-sites.ts';
import { makePhoto } from '../evidence/pictures.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';

describeOnEngines('evidence on a full disk', ({ open }) => {
  describe.skipIf(!canMountSmallDisk())('of the data folder', () => {
    let disk: SmallDisk;
    let service: ServiceUnderTest;
    let editor: Record<string, string>;
    beforeAll(async () => {
      const database = await open();
      await addMineSites(database);
      disk = mountSmallDisk(300);
      service = await startService(database, { config: { dataDir: disk.folder } });
      editor = await service.signedIn('editor', { units: ['360732'] });
    });
    afterAll(async () => {
      await service.close();
      disk.remove();
    });

    const upload = async () => {
      const body = new FormData();
      body.append('files', new File([new Uint8Array(await makePhoto())], 'a.jpg'));
      const address = `${service.url}/api/mine-sites/A-001/attachments`;
      return fetch(address, { method: 'POST', headers: editor, body });
    };
    const kept = async () =>
      (await service.getJson<AttachmentList>('/api/mine-sites/A-001/attachments', editor)).attachments.length;

    it('is refused with 507, leaves neither row nor file, and is taken when there is room', async () => {
      disk.fill();
      const refused = await upload();
      expect(refused.status).toBe(507);
      expect(((await refused.json()) as Problem).code).toBe('storage-full');
      expect(await kept()).toBe(0);
      disk.makeRoom();
      const left = await readdir(disk.folder, { recursive: true, withFileTypes: true });
      expect(
        left.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)),
      ).toEqual([]);
      expect((await upload()).status).toBe(201);
      expect(await kept()).toBe(1);
    });
  });
});
