/** What a site page (一矿一表) tells beside its map: facts as of the day, patches with their vertices, what happened when. */
import type { Queryable } from '../../db/database.ts';
import { type FeatureRow, featureStatement } from '../../db/layer-items-sql.ts';
import { namedSql } from '../../db/named-sql.ts';
import { joinFeatures } from '../../features/join-features.ts';
import { loadTimelines } from '../../remediation/site-timeline.ts';
import { describeCrs } from '../plan/choose-crs.ts';
import type { SheetPlan, SiteContent, SitePatch } from '../sheet-content.ts';
import type { SheetSources } from '../sheet-sources.ts';
import { siteFacts } from './site-facts.ts';
import { timelineOf } from './timeline-words.ts';

type Properties = Record<string, string | number | boolean | null>;
type RingRow = {
  code: string;
  area_m2: number | null;
  ring_no: number | null;
  norths: number[] | null;
  easts: number[] | null;
};

/** Null where the site has gone since the sheet was planned. */
export async function readSiteContent(
  client: Queryable,
  { catalogue, region }: Pick<SheetSources, 'catalogue' | 'region'>,
  { spec, center }: Pick<SheetPlan, 'spec' | 'center'>,
  code: string,
): Promise<Omit<SiteContent, 'photos'> | null> {
  const layer = catalogue.find(({ id }) => id === 'mine_sites');
  if (layer === undefined) return null;
  const asOf = spec.asOf ?? null;
  const { text, params } = featureStatement(layer, code, {
    form: { srid: layer.table.srid, northFirst: false, decimals: 6 },
    skipGeometry: true,
    derived: [],
    asOf,
  });
  const [row] = await client.query<FeatureRow>(text, params, { class: 'lookup', readsOnly: true });
  if (row === undefined) return null;
  const { properties } = JSON.parse(joinFeatures('', row, '').toString()) as { properties: Properties };
  const vertexCrs = await describeCrs(client, homeZoneAt(region, center[0]));
  const timeline = (await loadTimelines(client, [code])).get(code) ?? [];
  return {
    code,
    name: String(properties.name ?? ''),
    facts: siteFacts(layer, properties, region),
    patches: await readPatches(client, code, vertexCrs.srid),
    vertexCrs,
    timeline: timelineOf(timeline, asOf),
  };
}

/** Of the zones of the region the one whose central meridian is nearest, without prefix. */
function homeZoneAt({ homeZones }: SheetSources['region'], lng: number): number {
  const [nearest] = [...homeZones].sort(
    (a, b) => Math.abs(a.centralMeridian - lng) - Math.abs(b.centralMeridian - lng),
  );
  if (nearest === undefined) throw new Error('the region has no zone');
  return nearest.plainSrid;
}

/** Patches are numbered in the order of their codes; further parts of a patch as 2-2, 2-3. */
async function readPatches(client: Queryable, code: string, srid: number): Promise<SitePatch[]> {
  const rows = await client.query<RingRow>(namedSql('sheets/list-patch-rings'), [code, srid], {
    class: 'lookup',
    isRepeated: true,
    readsOnly: true,
  });
  const byPatch = [...Map.groupBy(rows, (row) => row.code).values()];
  return byPatch.map((rings, index) => ({
    code: rings[0]?.code ?? '',
    areaSquareMeters: rings[0]?.area_m2 ?? null,
    rings: rings.flatMap(({ ring_no, norths, easts }) =>
      ring_no === null || norths === null || easts === null
        ? []
        : [
            {
              number: ring_no === 1 ? `${index + 1}` : `${index + 1}-${ring_no}`,
              vertices: norths
                .slice(0, -1)
                .map((north, at) => [toCentimeters(north), toCentimeters(easts[at] ?? 0)] as const),
            },
          ],
    ),
  }));
}

function toCentimeters(meters: number): number {
  return Math.round(meters * 100) / 100;
}
