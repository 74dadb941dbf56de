/** /api/layer-access: which layers may be read without an account, and changing it; administrators only. */
import { type Request, Router } from 'express';
import { type LayerAccessRecord, layerAccessChangeSchema } from '../../geodata/contract/layer-access.ts';
import { auditActor } from '../audit/record-audit.ts';
import type { Context } from '../context.ts';
import { readJsonBody } from '../http/json-body.ts';
import { allowOnly, readOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import type { Accounts } from './accounts.ts';
import { type LayerAccessLine, listLayerAccess, setAnonymousRead } from './layer-access.ts';

export function layerAccessRoutes(
  { database, catalogue }: Pick<Context, 'database' | 'catalogue'>,
  accounts: Accounts,
): Router {
  const router = Router({ caseSensitive: true });
  const administrator = (request: Request) => {
    const account = accounts.authorize(request, 'manage_settings');
    refuseUnknown(readQuery(request), ['lang']);
    return account;
  };

  router.all('/layer-access', readOnly);
  router.get('/layer-access', async (request, response) => {
    administrator(request);
    const lines = await listLayerAccess(database, catalogue);
    response.set('Cache-Control', 'no-store').json({ layers: lines.map(recordOf) });
  });

  router.all('/layer-access/:layerId', allowOnly('PUT'));
  router.put('/layer-access/:layerId', async (request, response) => {
    const actor = auditActor(administrator(request));
    const { anonymousRead } = await readJsonBody(request, layerAccessChangeSchema);
    const layerId = String(request.params.layerId);
    const line = await setAnonymousRead(database, catalogue, { layerId, anonymousRead, actor });
    response.set('Cache-Control', 'no-store').json(recordOf(line));
  });
  return router;
}

function recordOf({ layer, ...access }: LayerAccessLine): LayerAccessRecord {
  return { layerId: layer.id, title: layer.title, ...access };
}
