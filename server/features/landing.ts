/** Landing page and conformance declaration of the OGC API. */
import type { Region } from '../../geodata/reference/region-schema.ts';
import type { Language } from '../http/language.ts';

export const conformsTo = [
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30',
  'http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs',
  'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset',
  'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt',
  'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets',
];

export function landingDocument(root: string, region: Region, language: Language): object {
  const words = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const json = 'application/json';
  return {
    title: words(
      `览图 · ${region.title.zh}空间规划图层`,
      `Lantu · Spatial planning layers of ${region.title.en}`,
    ),
    description: words(
      '空间规划图层,OGC API 要素与瓦片。',
      'Spatial planning layers by OGC API Features and Tiles.',
    ),
    links: [
      { href: root, rel: 'self', type: json, title: words('本页', 'This document') },
      {
        href: `${root}/api`,
        rel: 'service-desc',
        type: 'application/vnd.oai.openapi+json;version=3.0',
        title: words('接口说明', 'Definition of the API'),
      },
      {
        href: `${root}/conformance`,
        rel: 'conformance',
        type: json,
        title: words('符合的规范', 'Conformance'),
      },
      { href: `${root}/collections`, rel: 'data', type: json, title: words('图层', 'Collections') },
      {
        href: `${root}/tileMatrixSets`,
        rel: 'http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes',
        type: json,
        title: words('瓦片方案', 'Tile matrix sets'),
      },
    ],
  };
}
