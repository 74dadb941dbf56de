/** Collection documents of OGC API Features, from the definitions and what is in the database. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';
import type { LayerSummary } from '../catalogue/layer-summary.ts';
import type { Language } from '../http/language.ts';
import { crs84, crsListOf, storageCrsUri } from './response-crs.ts';

export type Link = { href: string; rel: string; type: string; title?: string };

/** A layer is a collection once it has data; those that are not optional always are. */
export function isPublished(layer: LayerDefinition, summary: LayerSummary | undefined): boolean {
  return !layer.optional || (summary?.hasDataset ?? false);
}

/** One collection; `root` is the public address of /ogc. */
export function collectionDocument(
  layer: LayerDefinition,
  summary: LayerSummary,
  { root, region, language }: { root: string; region: Region; language: Language },
): object {
  const self = `${root}/collections/${layer.id}`;
  const temporal =
    layer.temporalField === null
      ? {}
      : {
          temporal: {
            interval: [summary.period ?? [null, null]],
            trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian',
          },
        };
  return {
    id: layer.id,
    title: layer.title[language],
    description: layer.description[language],
    attribution: layer.source[language],
    extent: { spatial: { bbox: [summary.extent ?? region.extent], crs: crs84.uri }, ...temporal },
    itemType: 'feature',
    crs: crsListOf(region).map((crs) => crs.uri),
    storageCrs: storageCrsUri,
    links: collectionLinks(self, language),
  };
}

function collectionLinks(self: string, language: Language): Link[] {
  const words = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const schema = {
    href: `${self}/schema`,
    type: 'application/schema+json',
    title: words('要素的结构', 'Schema of a feature'),
  };
  return [
    { href: self, rel: 'self', type: 'application/json', title: words('本图层', 'This collection') },
    { href: `${self}/items`, rel: 'items', type: 'application/geo+json', title: words('要素', 'Features') },
    // GDAL looks for describedBy, RFC 8288's registry has describedby.
    { rel: 'describedby', ...schema },
    { rel: 'describedBy', ...schema },
    {
      href: `${self}/queryables`,
      rel: 'http://www.opengis.net/def/rel/ogc/1.0/queryables',
      type: 'application/schema+json',
      title: words('可筛选的属性', 'Queryables'),
    },
    {
      href: `${self}/tiles`,
      rel: 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector',
      type: 'application/json',
      title: words('矢量瓦片', 'Vector tiles'),
    },
  ];
}
