/** Documents of OGC API Tiles: the tile matrix set, the tilesets of a collection, TileJSON. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { maxTileZoom, mercatorHalfMeters } from '../../geodata/domain/tile.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';
import type { LayerSummary } from '../catalogue/layer-summary.ts';
import { mostFeaturesInTile, tileFields } from '../db/layer-tile-sql.ts';
import type { Language } from '../http/language.ts';
import { asOfParameter } from './as-of.ts';
import { leftOutHeader } from './tile.ts';

export const tileMatrixSetId = 'WebMercatorQuad';
const tileMatrixSetUri = 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad';
const mercatorUri = 'http://www.opengis.net/def/crs/EPSG/0/3857';
const mvtType = 'application/vnd.mapbox-vector-tile';
const json = 'application/json';

export function tileMatrixSetsDocument(root: string): object {
  const self = `${root}/tileMatrixSets`;
  return {
    links: [{ href: self, rel: 'self', type: json }],
    tileMatrixSets: [
      {
        id: tileMatrixSetId,
        title: tileMatrixSetId,
        uri: tileMatrixSetUri,
        crs: mercatorUri,
        links: [
          {
            href: `${self}/${tileMatrixSetId}`,
            rel: 'http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme',
            type: json,
          },
        ],
      },
    ],
  };
}

/** Cell sizes follow from 256 cells along a tile; a scale denominator counts pixels of 0.28 mm. */
export function tileMatrixSetDocument(): object {
  return {
    id: tileMatrixSetId,
    title: tileMatrixSetId,
    uri: tileMatrixSetUri,
    crs: mercatorUri,
    wellKnownScaleSet: 'http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible',
    tileMatrices: Array.from({ length: maxTileZoom + 1 }, (_, z) => {
      const cellSize = (2 * mercatorHalfMeters) / 256 / 2 ** z;
      return {
        id: String(z),
        scaleDenominator: cellSize / 0.00028,
        cellSize,
        pointOfOrigin: [-mercatorHalfMeters, mercatorHalfMeters],
        tileWidth: 256,
        tileHeight: 256,
        matrixWidth: 2 ** z,
        matrixHeight: 2 ** z,
      };
    }),
  };
}

export function tilesetsDocument(layer: LayerDefinition, root: string, language: Language): object {
  const self = `${root}/collections/${layer.id}/tiles`;
  return {
    links: [{ href: self, rel: 'self', type: json }],
    tilesets: [
      {
        title: layer.title[language],
        dataType: 'vector',
        crs: mercatorUri,
        tileMatrixSetURI: tileMatrixSetUri,
        links: [{ href: `${self}/${tileMatrixSetId}`, rel: 'self', type: json }],
      },
    ],
  };
}

/** TileJSON 3.0 that is the tileset's OGC metadata too; `asOf` null: of the tiles as they are now. */
export function tilesetDocument(
  layer: LayerDefinition,
  summary: LayerSummary,
  { root, region, language, asOf }: { root: string; region: Region; language: Language; asOf: string | null },
): object {
  const self = `${root}/collections/${layer.id}/tiles/${tileMatrixSetId}`;
  const day = asOf === null ? '' : `?${asOfParameter}=${asOf}`;
  const fields = Object.fromEntries(
    tileFields(layer).map((field) => [
      field.name,
      field.type === 'integer' || field.type === 'real'
        ? 'Number'
        : field.type === 'boolean'
          ? 'Boolean'
          : 'String',
    ]),
  );
  const { minzoom, maxzoom } = layer.tiles;
  const ids = [
    layer.id,
    ...(layer.table.anchor === null ? [] : [`${layer.id}_anchor`]),
    ...(layer.table.axis === null ? [] : [`${layer.id}_axis`]),
  ];
  const rule = {
    zh: `第 ${maxzoom} 级以下不绘小于一个像素的要素,每片最多 ${mostFeaturesInTile} 个;每片未绘的个数见响应头 ${leftOutHeader}。`,
    en: `Below zoom ${maxzoom} features smaller than a pixel are left out, and a tile has at most ${mostFeaturesInTile}; each tile says how many in ${leftOutHeader}.`,
  };
  return {
    tilejson: '3.0.0',
    name: layer.title[language],
    description: `${layer.description[language]} ${rule[language]}`,
    attribution: layer.source[language],
    version: '1.0.0',
    scheme: 'xyz',
    tiles: [`${self}/{z}/{y}/{x}${day}`],
    minzoom,
    maxzoom,
    bounds: summary.extent ?? region.extent,
    vector_layers: ids.map((id) => ({ id, fields, minzoom, maxzoom })),
    title: layer.title[language],
    dataType: 'vector',
    crs: mercatorUri,
    tileMatrixSetURI: tileMatrixSetUri,
    links: [
      { href: `${self}${day}`, rel: 'self', type: json },
      { href: `${self}/{tileMatrix}/{tileRow}/{tileCol}${day}`, rel: 'item', type: mvtType, templated: true },
      {
        href: `${root}/tileMatrixSets/${tileMatrixSetId}`,
        rel: 'http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme',
        type: json,
      },
    ],
  };
}
