/** What a sheet is about and where that lies: the area of a spec held against the database. */
import type { SheetArea } from '../../../geodata/contract/sheets.ts';
import type { Region } from '../../../geodata/reference/region-schema.ts';
import type { Queryable } from '../../db/database.ts';
import { namedSql } from '../../db/named-sql.ts';
import { BadRequestError, NotFoundError, UnprocessableError } from '../../errors.ts';
import type { SheetFocus } from '../sheet-content.ts';

type Extent = [minLng: number, minLat: number, maxLng: number, maxLat: number];

export type Subject = {
  focus: SheetFocus;
  /** Degrees (EPSG:4490); both corners the same for a mere centre. */
  extent: Extent;
  /** How `project-area` finds its extent in another CRS; `extent` where the database has no outline of it. */
  projectedAs: { kind: 'region' | 'county' | 'site' | 'extent'; key: string };
  /** Its outline stands in the database. */
  isOutlined: boolean;
};

type AreaRow = {
  found: boolean;
  name: string | null;
  name_en: string | null;
  adcode: string | null;
  min_lng: number | null;
  min_lat: number | null;
  max_lng: number | null;
  max_lat: number | null;
};

/**
 * Throws BadRequestError about `area.extent` for one that is empty or turned round, NotFoundError for a county or site there is
 * not, UnprocessableError for a site without a shape.
 */
export async function findSubject(
  client: Queryable,
  region: Pick<Region, 'title' | 'extent' | 'counties'>,
  area: SheetArea,
): Promise<Subject> {
  switch (area.kind) {
    case 'extent': {
      const [west, south, east, north] = area.extent;
      if (!(west < east && south < north)) throw emptyExtent();
      return bare(area.extent);
    }
    case 'center': {
      const [lng, lat] = area.center;
      return bare([lng, lat, lng, lat]);
    }
    case 'region': {
      const extent = extentOf(await ask(client, 'region', ''));
      const focus: SheetFocus = { kind: 'region', name: region.title };
      return extent === null
        ? { ...bare([...region.extent]), focus }
        : { focus, extent, projectedAs: { kind: 'region', key: '' }, isOutlined: true };
    }
    case 'county':
      return county(client, region, area.adcode);
    case 'site': {
      const row = await ask(client, 'site', area.code);
      if (!row.found) throw noSuchSite(area.code);
      const extent = extentOf(row);
      if (extent === null) throw noShape(area.code);
      return {
        focus: { kind: 'site', code: area.code, name: row.name ?? '', adcode: row.adcode },
        extent,
        projectedAs: { kind: 'site', key: area.code },
        isOutlined: true,
      };
    }
  }
}

/** Where the layer of counties has no such county, the reference still says where it lies. */
async function county(client: Queryable, region: Pick<Region, 'counties'>, adcode: string): Promise<Subject> {
  const row = await ask(client, 'county', adcode);
  const known = region.counties.find((each) => each.adcode === adcode);
  const extent = extentOf(row);
  const name = { zh: row.name ?? known?.name ?? '', en: row.name_en || (known?.nameEn ?? row.name ?? '') };
  const focus: SheetFocus = { kind: 'county', adcode, name };
  if (extent !== null)
    return { focus, extent, projectedAs: { kind: 'county', key: adcode }, isOutlined: true };
  const positions = (known?.outline ?? []).flat(2);
  if (positions.length === 0) throw noSuchCounty(adcode, region);
  const [lngs, lats] = [positions.map(([lng]) => lng), positions.map(([, lat]) => lat)];
  return {
    ...bare([Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]),
    focus,
  };
}

function bare(extent: Extent): Subject {
  return { focus: { kind: 'extent' }, extent, projectedAs: { kind: 'extent', key: '' }, isOutlined: false };
}

async function ask(client: Queryable, kind: 'region' | 'county' | 'site', key: string): Promise<AreaRow> {
  const [row] = await client.query<AreaRow>(namedSql('sheets/find-area'), [kind, key], {
    class: 'lookup',
    isRepeated: true,
    readsOnly: true,
  });
  if (row === undefined) throw new Error('the area gave no row');
  return row;
}

function extentOf({ min_lng, min_lat, max_lng, max_lat }: AreaRow): Extent | null {
  if (min_lng === null || min_lat === null || max_lng === null || max_lat === null) return null;
  return [min_lng, min_lat, max_lng, max_lat];
}

function emptyExtent(): BadRequestError {
  return new BadRequestError(
    {
      zh: '图幅范围应为 [最小经度, 最小纬度, 最大经度, 最大纬度],最小值须小于最大值。',
      en: 'The extent is [min lng, min lat, max lng, max lat], each minimum below its maximum.',
    },
    { field: 'area.extent' },
  );
}

function noSuchCounty(adcode: string, { counties }: Pick<Region, 'counties'>): NotFoundError {
  const list = counties.map((each) => `${each.adcode} ${each.name}`).join('、');
  return new NotFoundError(
    {
      zh: `没有代码为 ${adcode} 的县(市、区)。可选:${list}`,
      en: `There is no county with the code ${adcode}; choose from: ${list}`,
    },
    { field: 'area.adcode' },
  );
}

function noSuchSite(code: string): NotFoundError {
  return new NotFoundError(
    { zh: `没有编号为“${code}”的矿山。`, en: `There is no mine site with the code "${code}".` },
    { field: 'area.code' },
  );
}

function noShape(code: string): UnprocessableError {
  return new UnprocessableError(
    {
      zh: `矿山“${code}”没有图斑,无法成图。请先导入图斑。`,
      en: `The mine site "${code}" has no patches to be drawn; import them first.`,
    },
    { field: 'area.code' },
  );
}
