/** /ogc: parse, ask, send. Every answer depends on definitions and revisions only, so all are cached. */
import { type Request, type Response, Router } from 'express';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { LayerSummary, SummaryReader } from '../catalogue/layer-summary.ts';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { type Answers, type Asked, questionKey } from '../http/answers.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import { collectionDocument, isPublished } from './collections.ts';
import { createCountMemory } from './count-memory.ts';
import { featureSchema, queryablesSchema } from './feature-schema.ts';
import { readFeature, readItems } from './items.ts';
import { checkFormat, parseFeatureRequest, parseItemsRequest } from './items-request.ts';
import { conformsTo, landingDocument } from './landing.ts';
import { openApiDocument } from './open-api.ts';
import { crsListOf } from './response-crs.ts';
import { readTile } from './tile.ts';
import { parseTile } from './tile-request.ts';
import {
  tileMatrixSetDocument,
  tileMatrixSetId,
  tileMatrixSetsDocument,
  tilesetDocument,
  tilesetsDocument,
} from './tilesets.ts';

const json = 'application/json';
const schemaJson = 'application/schema+json';

export function featureRoutes(context: Context, answers: Answers, summariesAt: SummaryReader): Router {
  const router = Router({ strict: false, caseSensitive: true });
  const { database, region, catalogue } = context;
  const crsList = crsListOf(region);
  const counts = createCountMemory();

  /** A document that is the same for everyone but for language and address. */
  function sendDocument(
    request: Request,
    response: Response,
    contentType: string,
    build: (asked: Asked & { root: string; summaries: ReadonlyMap<string, LayerSummary> }) => object,
  ): Promise<void> {
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['f', 'lang']);
    checkFormat(parameters);
    return answers.send(request, response, {
      workClass: 'api',
      revision: (revisions) => revisions.all,
      key: questionKey(request.path, parameters),
      varyLanguage: true,
      async compute(asked) {
        const summaries = await summariesAt(asked.revisions);
        const document = build({ ...asked, root: `${asked.publicUrl}/ogc`, summaries });
        return { revision: asked.revisions.all, contentType, body: JSON.stringify(document) };
      },
    });
  }

  function published(summaries: ReadonlyMap<string, LayerSummary>): LayerDefinition[] {
    return catalogue.filter((layer) => isPublished(layer, summaries.get(layer.id)));
  }

  function findPublished(id: string, summaries: ReadonlyMap<string, LayerSummary>): LayerDefinition {
    const layer = published(summaries).find((candidate) => candidate.id === id);
    if (layer !== undefined) return layer;
    const known = published(summaries).map((candidate) => candidate.id);
    throw unknownCollection(id, known);
  }

  /** The definition, published or not: whether it is takes a look at the database, done where the answer is made. */
  function definitionOf(request: Request): LayerDefinition {
    const id = String(request.params.collectionId);
    const layer = catalogue.find((candidate) => candidate.id === id);
    if (layer === undefined)
      throw unknownCollection(
        id,
        catalogue.filter((each) => !each.optional).map((each) => each.id),
      );
    return layer;
  }

  async function checkPublished(layer: LayerDefinition, asked: Asked): Promise<void> {
    if (layer.optional) findPublished(layer.id, await summariesAt(asked.revisions));
  }

  router.get('/', (request, response) =>
    sendDocument(request, response, json, ({ root, language }) => landingDocument(root, region, language)),
  );
  router.get('/conformance', (request, response) =>
    sendDocument(request, response, json, () => ({ conformsTo })),
  );
  router.get('/api', (request, response) =>
    sendDocument(request, response, 'application/vnd.oai.openapi+json;version=3.0', (asked) =>
      openApiDocument(asked.root, published(asked.summaries), { region, language: asked.language }),
    ),
  );
  router.get('/collections', (request, response) =>
    sendDocument(request, response, json, ({ root, language, summaries }) => ({
      links: [{ href: `${root}/collections`, rel: 'self', type: json }],
      collections: published(summaries).map((layer) =>
        collectionDocument(layer, summaryOf(layer, summaries), { root, region, language }),
      ),
    })),
  );
  router.get('/collections/:collectionId', (request, response) =>
    sendDocument(request, response, json, ({ root, language, summaries }) => {
      const layer = findPublished(request.params.collectionId, summaries);
      return collectionDocument(layer, summaryOf(layer, summaries), { root, region, language });
    }),
  );
  router.get('/collections/:collectionId/schema', (request, response) =>
    sendDocument(request, response, schemaJson, ({ root, language, summaries }) => {
      const layer = findPublished(request.params.collectionId, summaries);
      return featureSchema(layer, `${root}/collections/${layer.id}/schema`, language);
    }),
  );
  router.get('/collections/:collectionId/queryables', (request, response) =>
    sendDocument(request, response, schemaJson, ({ root, language, summaries }) => {
      const layer = findPublished(request.params.collectionId, summaries);
      return queryablesSchema(layer, `${root}/collections/${layer.id}/queryables`, language);
    }),
  );

  router.get('/collections/:collectionId/tiles', (request, response) =>
    sendDocument(request, response, json, ({ root, language, summaries }) =>
      tilesetsDocument(findPublished(request.params.collectionId, summaries), root, language),
    ),
  );
  router.get(`/collections/:collectionId/tiles/${tileMatrixSetId}`, (request, response) =>
    sendDocument(request, response, json, ({ root, language, summaries }) => {
      const layer = findPublished(request.params.collectionId, summaries);
      return tilesetDocument(layer, summaryOf(layer, summaries), { root, region, language });
    }),
  );
  router.get('/tileMatrixSets', (request, response) =>
    sendDocument(request, response, json, ({ root }) => tileMatrixSetsDocument(root)),
  );
  router.get(`/tileMatrixSets/${tileMatrixSetId}`, (request, response) =>
    sendDocument(request, response, json, () => tileMatrixSetDocument()),
  );

  router.get(`/collections/:collectionId/tiles/${tileMatrixSetId}/:z/:y/:x`, (request, response) => {
    const layer = definitionOf(request);
    refuseUnknown(readQuery(request), []);
    const tile = parseTile(layer, request.params);
    return answers.send(request, response, {
      workClass: 'tiles',
      revision: (revisions) => revisions.of(layer.id),
      key: `tile ${layer.id} ${tile.z}/${tile.y}/${tile.x}`,
      varyLanguage: false,
      async compute(asked) {
        await checkPublished(layer, asked);
        return readTile(database, layer, tile);
      },
    });
  });

  router.get('/collections/:collectionId/items', (request, response) => {
    const layer = definitionOf(request);
    const parameters = readQuery(request);
    const items = parseItemsRequest(layer, parameters, crsList);
    return answers.send(request, response, {
      workClass: 'features',
      revision: (revisions) => revisions.of(layer.id),
      key: questionKey(request.path, parameters),
      varyLanguage: false,
      async compute(asked) {
        await checkPublished(layer, asked);
        const self = `${asked.publicUrl}/ogc/collections/${layer.id}/items`;
        return readItems(database, layer, items, self, counts);
      },
    });
  });

  router.get('/collections/:collectionId/items/:code', (request, response) => {
    const layer = definitionOf(request);
    const parameters = readQuery(request);
    const feature = parseFeatureRequest(parameters, crsList);
    const { code } = request.params;
    return answers.send(request, response, {
      workClass: 'features',
      revision: (revisions) => revisions.of(layer.id),
      key: questionKey(request.path, parameters),
      varyLanguage: false,
      async compute(asked) {
        await checkPublished(layer, asked);
        const self = `${asked.publicUrl}/ogc/collections/${layer.id}/items/${encodeURIComponent(code)}`;
        return readFeature(database, layer, code, feature, self);
      },
    });
  });

  return router;
}

function summaryOf(layer: LayerDefinition, summaries: ReadonlyMap<string, LayerSummary>): LayerSummary {
  const summary = summaries.get(layer.id);
  if (summary === undefined) throw new Error(`no summary of ${layer.id}`);
  return summary;
}

function unknownCollection(id: string, known: readonly string[]): NotFoundError {
  return new NotFoundError(
    {
      zh: `没有名为“${id}”的图层。可用:${known.join('、')}。`,
      en: `There is no collection "${id}". Known: ${known.join(', ')}.`,
    },
    { field: 'collectionId' },
  );
}
