/** From a spec to a plan: which CRS, scale and frame, which layers, and what is to be known before it is printed. */
import type { SheetArea, SheetNotice, SheetSpec } from '../../../geodata/contract/sheets.ts';
import { sheetTemplates } from '../../../geodata/domain/sheet-templates.ts';
import type { Queryable } from '../../db/database.ts';
import { namedSql } from '../../db/named-sql.ts';
import { BadRequestError, GeometryError } from '../../errors.ts';
import type { PageMap } from '../page.ts';
import type { SheetCrs, SheetPlan } from '../sheet-content.ts';
import type { SheetReader, SheetSources } from '../sheet-sources.ts';
import { describeCrs, unusableCrs, zoneSridAt } from './choose-crs.ts';
import { chooseLayers } from './choose-layers.ts';
import { dataNotices } from './data-notices.ts';
import { findSubject, type Subject } from './find-subject.ts';
import { type Fit, fitFrame } from './fit-frame.ts';
import { frameOutline } from './frame-outline.ts';
import { loadedLayers } from './loaded-layers.ts';
import { basemapNotConfigured, crsNotices, regionNotLoaded, subjectCut } from './plan-notices.ts';

/** Share of the frame that stays free, both sides together: round a county and a site one sees what lies beside it. */
const margins: Record<SheetArea['kind'], number> = {
  region: 0.02,
  county: 0.05,
  site: 0.3,
  extent: 0,
  center: 0,
};
/** No site is drawn larger unless asked. */
const leastSiteDenominator = 500;

/** The first use of a CRS looks it up among thousands, which takes the embedded engine a second. */
const projecting = { class: 'read', isRepeated: true, readsOnly: true } as const;

/**
 * The plan of one sheet. Scale is true at the centre of the frame, by geodesics on CGCS2000: metersPerMm is in units of the CRS.
 * Throws what is wrong with the spec, naming the field: BadRequestError, NotFoundError, UnprocessableError; for layers that
 * were named and may not be read what readingRights throws. What is merely to be known is in `notices`.
 */
export async function planSheet(
  sources: SheetSources,
  reader: SheetReader,
  spec: SheetSpec,
): Promise<SheetPlan> {
  const { database, catalogue, region } = sources;
  if (spec.asOf !== undefined && spec.asOf > reader.today) throw dayToCome(reader.today);
  checkSubjectReadable(sources, reader, spec);
  const loaded = await loadedLayers(database, catalogue);
  const { layers, notices } = chooseLayers(sources, reader, spec, ({ id }) => loaded.has(id));
  const subject = await findSubject(database, region, spec.area);
  const crs = await describeCrs(
    database,
    spec.srid ?? zoneSridAt((subject.extent[0] + subject.extent[2]) / 2),
  );
  const placed = await placeFrame(database, spec, crs, subject);
  const { fit, map, center, northDegrees } = placed;
  const plan = {
    spec,
    orientation: fit.layout.orientation,
    widthMm: fit.layout.widthMm,
    heightMm: fit.layout.heightMm,
    layout: fit.layout,
    scale: fit.scale,
    map,
    crs,
    center,
    northDegrees,
    focus: subject.focus,
    layers,
  };
  const all: SheetNotice[] = [
    ...notices,
    ...crsNotices(crs, { ...placed, lng: center[0] }),
    ...(fit.isWhole ? [] : [subjectCut(fit.scale)]),
    ...(subject.isOutlined || !['region', 'county'].includes(spec.area.kind) ? [] : [regionNotLoaded()]),
    ...(spec.basemap && sources.basemap === null ? [basemapNotConfigured()] : []),
    ...dataNotices(plan, loaded),
  ];
  return { ...plan, notices: all };
}

/** A site page tells of the site: whoever may not read the sites gets none. */
function checkSubjectReadable(
  { catalogue }: Pick<SheetSources, 'catalogue'>,
  { rights }: Pick<SheetReader, 'rights'>,
  { area }: SheetSpec,
): void {
  const sites = catalogue.find(({ id }) => id === 'mine_sites');
  if (area.kind === 'site' && sites !== undefined) rights.check(sites);
}

type Placed = {
  fit: Fit;
  map: PageMap;
  center: readonly [number, number];
  northDegrees: number;
  stretch: number;
  unitsPerMeter: number;
};

/** Throws UnprocessableError about `srid` where the CRS cannot show the subject. */
async function placeFrame(
  client: Queryable,
  spec: SheetSpec,
  crs: SheetCrs,
  subject: Subject,
): Promise<Placed> {
  try {
    const extent = await projectSubject(client, spec, crs, subject);
    const middle = [(extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2] as const;
    const measured = await measureCenter(client, crs.srid, middle);
    const fit = fitFrame({
      template: spec.template,
      paper: spec.paper,
      orientation: spec.orientation === 'auto' ? sheetTemplates[spec.template].orientation : spec.orientation,
      width: extent[2] - extent[0],
      height: extent[3] - extent[1],
      unitsPerMeter: measured.unitsPerMeter,
      margin: margins[spec.area.kind],
      leastDenominator: spec.area.kind === 'site' ? leastSiteDenominator : 0,
      scale: spec.scale ?? null,
    });
    const { frame } = fit.layout;
    const metersPerMm = (fit.scale / 1000) * measured.unitsPerMeter;
    const map: PageMap = {
      frame,
      srid: crs.srid,
      minX: middle[0] - (frame.width / 2) * metersPerMm,
      maxY: middle[1] + (frame.height / 2) * metersPerMm,
      metersPerMm,
    };
    // Only to hear now of a frame that reaches beyond the CRS.
    await frameOutline(client, map);
    return { fit, map, ...measured };
  } catch (error) {
    if (error instanceof GeometryError) throw unusableCrs(crs.srid, error);
    throw error;
  }
}

/** [min east, min north, max east, max north] in units of the CRS. */
async function projectSubject(
  client: Queryable,
  { area }: SheetSpec,
  { srid }: SheetCrs,
  { extent, projectedAs: { kind, key } }: Subject,
): Promise<[number, number, number, number]> {
  if (area.kind === 'center') {
    const [row] = await client.query<{ x: number; y: number }>(
      namedSql('sheets/project-point'),
      [srid, ...area.center],
      projecting,
    );
    if (row === undefined) throw new Error('the point gave no row');
    return finite(srid, [row.x, row.y, row.x, row.y]);
  }
  type Row = { min_x: number | null; min_y: number | null; max_x: number | null; max_y: number | null };
  const [row] = await client.query<Row>(
    namedSql('sheets/project-area'),
    [kind, key, srid, ...extent],
    projecting,
  );
  return finite(srid, [row?.min_x, row?.min_y, row?.max_x, row?.max_y]);
}

/** Throws UnprocessableError where PROJ gave no place. */
function finite(srid: number, edges: (number | null | undefined)[]): [number, number, number, number] {
  const [minX, minY, maxX, maxY] = edges.map((edge) => edge ?? Number.NaN);
  const all = [minX, minY, maxX, maxY].map((edge) => edge ?? Number.NaN) as [number, number, number, number];
  if (!all.every(Number.isFinite)) throw unusableCrs(srid);
  return all;
}

type CenterRow = {
  lng: number;
  lat: number;
  units_north: number;
  units_east: number;
  step_x: number;
  step_y: number;
};

async function measureCenter(client: Queryable, srid: number, [x, y]: readonly [number, number]) {
  const [row] = await client.query<CenterRow>(namedSql('sheets/measure-center'), [srid, x, y], projecting);
  if (row === undefined) throw new Error('the centre gave no row');
  // So that the mean of both denominators is the stated one, where they differ.
  const unitsPerMeter = 2 / (1 / row.units_north + 1 / row.units_east);
  if (!(Number.isFinite(unitsPerMeter) && unitsPerMeter > 0)) throw unusableCrs(srid);
  return {
    center: [row.lng, row.lat] as const,
    unitsPerMeter,
    northDegrees: (Math.atan2(row.step_x, row.step_y) * 180) / Math.PI,
    stretch: row.units_east / row.units_north,
  };
}

function dayToCome(today: string): BadRequestError {
  return new BadRequestError(
    { zh: `时点不能晚于今天(${today})。`, en: `The day must not be later than today (${today}).` },
    { field: 'asOf' },
  );
}
