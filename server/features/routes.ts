/** /ogc: parse, ask, send. Every answer depends on definitions, revisions and rights only, so all are cached. */
import { type Request, type Response, Router } from 'express';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { LayerSummary, SummaryReader } from '../catalogue/layer-summary.ts';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { type Answers, type Asked, questionKey } from '../http/answers.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import { asOfParameter, parseAsOfOfLayer } from './as-of.ts';
import { collectionDocument, isPublished } from './collections.ts';
import { createCountMemory } from './count-memory.ts';
import { featureSchema, queryablesSchema } from './feature-schema.ts';
import { readFeature, readItems } from './items.ts';
import { checkFormat, parseFeatureRequest, parseItemsRequest } from './items-request.ts';
import { conformsTo, landingDocument } from './landing.ts';
import { openApiDocument } from './open-api.ts';
import { crsListOf } from './response-crs.ts';
import { createTileReader } from './tile-reader.ts';
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

type DocumentAsked = Asked & { root: string; summaries: ReadonlyMap<string, LayerSummary> };

export function featureRoutes(context: Context, answers: Answers, summariesAt: SummaryReader): Router {
  const router = Router({ strict: false, caseSensitive: true });
  const { database, region, catalogue } = context;
  const known = { crsList: crsListOf(region), catalogue };
  const counts = createCountMemory();
  const readTile = createTileReader(database);

  /** A document of one layer, or, with null, of all that the caller may read. */
  function sendDocument(
    request: Request,
    response: Response,
    contentType: string,
    layer: LayerDefinition | null,
    build: (asked: DocumentAsked) => object,
    alsoTakes: readonly string[] = [],
  ): Promise<void> {
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['f', 'lang', ...alsoTakes]);
    checkFormat(parameters);
    return answers.send(request, response, {
      workClass: 'api',
      layer,
      revision: (revisions) => revisions.all,
      key: questionKey(request.path, parameters),
      varyLanguage: true,
      async compute(asked) {
        const summaries = await summariesAt(asked.revisions);
        const documentAsked = { ...asked, root: `${asked.publicUrl}/ogc`, summaries };
        if (layer !== null) checkPublished(layer, documentAsked);
        const document = build(documentAsked);
        return { revision: asked.revisions.all, contentType, body: JSON.stringify(document) };
      },
    });
  }

  function published({
    summaries,
    mayRead,
  }: Pick<DocumentAsked, 'summaries' | 'mayRead'>): LayerDefinition[] {
    return catalogue.filter((layer) => mayRead(layer) && isPublished(layer, summaries.get(layer.id)));
  }

  /** Throws NotFoundError for a layer that waits for its data. */
  function checkPublished(layer: LayerDefinition, asked: DocumentAsked): void {
    const known = published(asked);
    if (!known.includes(layer))
      throw unknownCollection(
        layer.id,
        known.map(({ id }) => id),
      );
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

  async function checkOptional(layer: LayerDefinition, asked: Asked): Promise<void> {
    if (layer.optional)
      checkPublished(layer, { ...asked, root: '', summaries: await summariesAt(asked.revisions) });
  }

  router.get('/', (request, response) =>
    sendDocument(request, response, json, null, ({ root, language }) =>
      landingDocument(root, region, language),
    ),
  );
  router.get('/conformance', (request, response) =>
    sendDocument(request, response, json, null, () => ({ conformsTo })),
  );
  router.get('/api', (request, response) =>
    sendDocument(request, response, 'application/vnd.oai.openapi+json;version=3.0', null, (asked) =>
      openApiDocument(asked.root, published(asked), { region, language: asked.language }),
    ),
  );
  router.get('/collections', (request, response) =>
    sendDocument(request, response, json, null, (asked) => ({
      links: [{ href: `${asked.root}/collections`, rel: 'self', type: json }],
      collections: published(asked).map((layer) =>
        collectionDocument(layer, summaryOf(layer, asked.summaries), { ...asked, region }),
      ),
    })),
  );
  router.get('/tileMatrixSets', (request, response) =>
    sendDocument(request, response, json, null, ({ root }) => tileMatrixSetsDocument(root)),
  );
  router.get(`/tileMatrixSets/${tileMatrixSetId}`, (request, response) =>
    sendDocument(request, response, json, null, () => tileMatrixSetDocument()),
  );

  router.get('/collections/:collectionId', (request, response) => {
    const layer = definitionOf(request);
    return sendDocument(request, response, json, layer, (asked) =>
      collectionDocument(layer, summaryOf(layer, asked.summaries), { ...asked, region }),
    );
  });
  router.get('/collections/:collectionId/schema', (request, response) => {
    const layer = definitionOf(request);
    return sendDocument(request, response, schemaJson, layer, ({ root, language }) =>
      featureSchema(layer, `${root}/collections/${layer.id}/schema`, language),
    );
  });
  router.get('/collections/:collectionId/queryables', (request, response) => {
    const layer = definitionOf(request);
    return sendDocument(request, response, schemaJson, layer, ({ root, language }) =>
      queryablesSchema(layer, `${root}/collections/${layer.id}/queryables`, language),
    );
  });
  router.get('/collections/:collectionId/tiles', (request, response) => {
    const layer = definitionOf(request);
    return sendDocument(request, response, json, layer, ({ root, language }) =>
      tilesetsDocument(layer, root, language),
    );
  });
  router.get(`/collections/:collectionId/tiles/${tileMatrixSetId}`, (request, response) => {
    const layer = definitionOf(request);
    const asOf = parseAsOfOfLayer(layer, readQuery(request), catalogue);
    return sendDocument(
      request,
      response,
      json,
      layer,
      (asked) => tilesetDocument(layer, summaryOf(layer, asked.summaries), { ...asked, region, asOf }),
      [asOfParameter],
    );
  });

  router.get(`/collections/:collectionId/tiles/${tileMatrixSetId}/:z/:y/:x`, (request, response) => {
    const layer = definitionOf(request);
    const parameters = readQuery(request);
    refuseUnknown(parameters, [asOfParameter]);
    const asOf = parseAsOfOfLayer(layer, parameters, catalogue);
    const tile = parseTile(layer, request.params);
    return answers.send(request, response, {
      workClass: 'tiles',
      readingKind: 'tiles',
      layer,
      revision: (revisions) => revisions.of(layer.id),
      key: `tile ${layer.id} ${tile.z}/${tile.y}/${tile.x} ${asOf ?? ''}`,
      varyLanguage: false,
      async compute(asked) {
        await checkOptional(layer, asked);
        return readTile(layer, tile, asOf);
      },
    });
  });

  router.get('/collections/:collectionId/items', (request, response) => {
    const layer = definitionOf(request);
    const parameters = readQuery(request);
    const items = parseItemsRequest(layer, parameters, known);
    return answers.send(request, response, {
      workClass: 'features',
      readingKind: 'items',
      layer,
      revision: (revisions) => revisions.of(layer.id),
      key: questionKey(request.path, parameters),
      varyLanguage: false,
      async compute(asked) {
        await checkOptional(layer, asked);
        const self = `${asked.publicUrl}/ogc/collections/${layer.id}/items`;
        return readItems(database, layer, items, self, counts);
      },
    });
  });

  router.get('/collections/:collectionId/items/:code', (request, response) => {
    const layer = definitionOf(request);
    const parameters = readQuery(request);
    const feature = parseFeatureRequest(layer, parameters, known);
    const { code } = request.params;
    return answers.send(request, response, {
      workClass: 'features',
      readingKind: 'items',
      layer,
      revision: (revisions) => revisions.of(layer.id),
      key: questionKey(request.path, parameters),
      varyLanguage: false,
      async compute(asked) {
        await checkOptional(layer, asked);
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
