/** The source of sheets on a database: planning and reading, with the rights of the moment. */
import { today } from '../../http/day-parameter.ts';
import type { Revisions } from '../../system/revisions.ts';
import { frameOutline } from '../plan/frame-outline.ts';
import { planSheet } from '../plan/plan-sheet.ts';
import { readSheetContent } from '../read/read-sheet-content.ts';
import type { SheetSources } from '../sheet-sources.ts';
import { atlasIndex } from './atlas-index.ts';
import { crsWkt } from './crs-wkt.ts';
import { seriesSubjects } from './series-subjects.ts';
import { rightsOf, type SheetOrderer } from './sheet-orderer.ts';
import type { SheetSource } from './sheet-source.ts';
import { watermarkOf } from './watermark-of.ts';

export function createSheetSource(
  sources: SheetSources,
  readRevisions: () => Promise<Revisions>,
): SheetSource {
  const { database, catalogue, region } = sources;
  const readerOf = ({ account }: SheetOrderer, rights: ReturnType<typeof rightsOf>) => ({
    account,
    rights,
    today: today(),
  });
  return {
    rights: async (orderer) => rightsOf(orderer, catalogue, await readRevisions()),
    plan: (spec, orderer, rights) => planSheet(sources, readerOf(orderer, rights), spec),
    async describe(plan) {
      const { paper } = plan.spec;
      const { orientation, widthMm, heightMm, layout, scale, crs, center, notices } = plan;
      return {
        paper,
        orientation,
        widthMm,
        heightMm,
        frame: layout.frame,
        scale,
        srid: crs.srid,
        crsName: crs.name,
        center: [...center],
        frameRing: await frameOutline(database, plan.map),
        notices: [...notices],
      };
    },
    async locate({ map, crs }) {
      const ring = await frameOutline(database, map, { parts: 1 });
      const wkt = await crsWkt(database, crs.srid);
      return {
        corners: ring.slice(0, 4),
        epsg: crs.srid,
        isGeographic: crs.kind === 'geographic',
        ...(wkt === '' ? {} : { wkt }),
      };
    },
    read: (plan, orderer, rights, page, signal) =>
      readSheetContent(sources, readerOf(orderer, rights), plan, {
        watermark: watermarkOf(orderer.account, plan.spec.language, new Date()),
        page,
        signal,
      }),
    index: (order, pages, { account }, rights) =>
      atlasIndex(database, region, {
        order,
        pages,
        mayTellSites: catalogue.some((layer) => layer.id === 'mine_sites' && rights.mayRead(layer)),
        watermark: watermarkOf(account, order.spec.language, new Date()),
        today: today(),
      }),
    async subjects(series, rights) {
      const sites = catalogue.find(({ id }) => id === 'mine_sites');
      if (series.by === 'site' && sites !== undefined) rights.check(sites);
      return seriesSubjects(database, region, series);
    },
  };
}
