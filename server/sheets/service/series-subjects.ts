/** The subjects of a series, a page each. */
import type { SheetSeries } from '../../../geodata/contract/sheets.ts';
import type { Region } from '../../../geodata/reference/region-schema.ts';
import type { Queryable } from '../../db/database.ts';
import { namedSql } from '../../db/named-sql.ts';
import { NotFoundError, UnprocessableError } from '../../errors.ts';
import type { SeriesSubject } from './sheet-source.ts';

/** More sites than the campaign has; a page takes a fifth of a second. */
const mostPages = 2_000;

/**
 * Counties in the order of the region, sites by county and code. Throws NotFoundError for a county or site there is not,
 * UnprocessableError where there are none or too many.
 */
export async function seriesSubjects(
  database: Queryable,
  region: Pick<Region, 'counties'>,
  series: SheetSeries,
): Promise<SeriesSubject[]> {
  const subjects =
    series.by === 'county' ? countiesOf(region, series.adcodes) : await sitesOf(database, region, series);
  if (subjects.length === 0) throw noPages();
  if (subjects.length > mostPages) throw tooManyPages(subjects.length);
  return subjects;
}

function countiesOf(
  { counties }: Pick<Region, 'counties'>,
  adcodes: readonly string[] | undefined,
): SeriesSubject[] {
  const unknown = adcodes?.find((adcode) => !counties.some((county) => county.adcode === adcode));
  if (unknown !== undefined) throw noSuchCounty(unknown);
  return counties
    .filter(({ adcode }) => adcodes === undefined || adcodes.includes(adcode))
    .map(({ adcode, name, nameEn }) => ({
      area: { kind: 'county', adcode },
      name: { zh: name, en: nameEn },
    }));
}

async function sitesOf(
  database: Queryable,
  { counties }: Pick<Region, 'counties'>,
  { codes, adcode }: Extract<SheetSeries, { by: 'site' }>,
): Promise<SeriesSubject[]> {
  if (adcode !== undefined && !counties.some((county) => county.adcode === adcode))
    throw noSuchCounty(adcode);
  const rows = await database.query<{ code: string; name: string }>(
    namedSql('sheets/list-series-sites'),
    [codes ?? null, adcode ?? null, mostPages + 1],
    { class: 'read', readsOnly: true },
  );
  const found = new Set(rows.map(({ code }) => code));
  const missing = codes?.find((code) => !found.has(code));
  if (missing !== undefined) throw noSuchSite(missing);
  return rows.map(({ code, name }) => ({
    area: { kind: 'site', code },
    name: { zh: name || code, en: name || code },
  }));
}

function noSuchCounty(adcode: string): NotFoundError {
  return new NotFoundError(
    { zh: `没有代码为 ${adcode} 的县(市、区)。`, en: `There is no county with the code ${adcode}.` },
    { field: 'series' },
  );
}

function noSuchSite(code: string): NotFoundError {
  return new NotFoundError(
    {
      zh: `没有编号为“${code}”且有图斑的矿山,不能成页。`,
      en: `There is no mine site with the code "${code}" that has patches to be drawn.`,
    },
    { field: 'series.codes' },
  );
}

function noPages(): UnprocessableError {
  return new UnprocessableError(
    { zh: '没有可以成页的矿山。', en: 'There are no mine sites to make pages of.' },
    { field: 'series' },
  );
}

function tooManyPages(count: number): UnprocessableError {
  return new UnprocessableError(
    {
      zh: `图册超过 ${mostPages} 页,请按县(市、区)分册。`,
      en: `The atlas has more than ${mostPages} pages (${count}); make one a county.`,
    },
    { field: 'series' },
  );
}
