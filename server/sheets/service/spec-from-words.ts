/** The order of a sheet from what was typed: a spec in a file, words of the command line over it. */
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import {
  type SheetArea,
  type SheetOrder,
  sheetFormats,
  sheetOrderSchema,
  sheetTemplateIds,
} from '../../../geodata/contract/sheets.ts';
import { type PaperId, paperIds } from '../../../geodata/domain/sheet-paper.ts';
import { sheetTemplates } from '../../../geodata/domain/sheet-templates.ts';
import { BadRequestError } from '../../errors.ts';
import { checkShape } from '../../http/json-body.ts';

export type SheetWords = {
  template?: string | undefined;
  atlas?: 'county' | 'site' | undefined;
  /** Path of a JSON file. */
  spec?: string | undefined;
  county?: string | undefined;
  site?: string | undefined;
  extent?: string | undefined;
  paper?: PaperId | undefined;
  orientation?: string | undefined;
  scale?: string | undefined;
  crs?: string | undefined;
  layers?: string | undefined;
  asOf?: string | undefined;
  date?: string | undefined;
  lang?: string | undefined;
  dpi?: string | undefined;
  title?: string | undefined;
  classification?: string | undefined;
  mapNumber?: string | undefined;
  reason?: string | undefined;
  pageFormat?: string | undefined;
};

type Loose = Record<string, unknown>;

/** Throws BadRequestError for a word that says nothing, UnprocessableError naming what is not as it should be. */
export async function specFromWords(words: SheetWords, out: string): Promise<SheetOrder> {
  const base = words.spec === undefined ? {} : await readSpecFile(words.spec);
  const { template, paper } = readTemplate(words, base);
  const usual = sheetTemplates[template];
  const slots = without({ ...(base.slots as Loose | undefined), ...texts(words) });
  const spec = without({
    paper: usual.paper,
    orientation: usual.orientation,
    ...base,
    template,
    area: areaOf(words) ?? base.area ?? { kind: 'region' },
    ...without({
      paper,
      orientation: words.orientation,
      scale: words.scale === undefined ? undefined : numberOf('scale', words.scale.replace(/^1[::]/, '')),
      srid: words.crs === undefined ? undefined : numberOf('crs', words.crs.replace(/^EPSG:/i, '')),
      layers: words.layers?.split(',').map((id) => ({ id: id.trim() })),
      asOf: words.asOf,
      date: words.date,
      language: words.lang === undefined ? undefined : /^en/i.test(words.lang) ? 'en' : 'zh-CN',
      classification: words.classification,
      overrideReason: words.reason,
    }),
    ...(Object.keys(slots).length === 0 ? {} : { slots }),
  });
  return checkShape(
    without({
      spec,
      format: formatOf(out),
      dpi: words.dpi === undefined ? undefined : numberOf('dpi', words.dpi),
      pageFormat: words.pageFormat,
      series: seriesOf(words),
    }),
    sheetOrderSchema,
  );
}

async function readSpecFile(path: string): Promise<Loose> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Loose;
  } catch (error) {
    throw noSpecFile(path, error);
  }
  throw noSpecFile(path);
}

/** `county-a3` is the template `county` on A3. */
function readTemplate({ template, atlas, county, site, paper }: SheetWords, base: Loose) {
  const fromArea = site !== undefined ? 'site' : county !== undefined ? 'county' : 'city';
  const typed = template ?? atlas ?? (typeof base.template === 'string' ? base.template : fromArea);
  const [, name = typed, size] = /^(.*?)(?:-(a[0-4]))?$/i.exec(typed) ?? [];
  const found = sheetTemplateIds.find((id) => id === name.toLowerCase());
  if (found === undefined) throw noSuchTemplate(typed);
  return { template: found, paper: paper ?? paperIds.find((id) => id === size?.toUpperCase()) };
}

function areaOf({ county, site, extent }: SheetWords): SheetArea | undefined {
  if (site !== undefined) return { kind: 'site', code: site };
  if (extent !== undefined) {
    const edges = extent.split(',').map((edge) => (edge.trim() === '' ? Number.NaN : Number(edge)));
    const [west, south, east, north, ...rest] = edges;
    if (rest.length > 0 || !edges.every(Number.isFinite) || north === undefined) throw notAnExtent();
    return { kind: 'extent', extent: [west as number, south as number, east as number, north] };
  }
  return county === undefined ? undefined : { kind: 'county', adcode: county };
}

function seriesOf({ atlas, county, site }: SheetWords): unknown {
  if (atlas === 'county')
    return without({ by: 'county', adcodes: county === undefined ? undefined : [county] });
  if (atlas === 'site') {
    return without({ by: 'site', adcode: county, codes: site === undefined ? undefined : [site] });
  }
  return undefined;
}

function texts({ title, mapNumber }: SheetWords): Loose {
  return { title, mapNumber };
}

function formatOf(out: string): SheetOrder['format'] {
  const ending = extname(out).slice(1).toLowerCase();
  const found = [...sheetFormats, 'zip' as const].find((format) => format === ending);
  if (found !== undefined) return found;
  throw new BadRequestError(
    {
      zh: `文件名 ${basename(out)} 应以 .pdf、.png、.svg 或 .zip 结尾。`,
      en: `The file ${basename(out)} must end in .pdf, .png, .svg or .zip.`,
    },
    { field: 'out' },
  );
}

function numberOf(field: string, text: string): number {
  const plain = text.replace(/[,_\s]/g, '');
  if (/^\d{1,10}$/.test(plain)) return Number(plain);
  throw new BadRequestError(
    { zh: `--${field} 应为整数,而不是“${text}”。`, en: `--${field} is a whole number, not "${text}".` },
    { field },
  );
}

function without(given: Loose): Loose {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function noSpecFile(path: string, cause?: unknown): BadRequestError {
  return new BadRequestError(
    {
      zh: `${path} 不是图幅设置的 JSON 文件,或无法读取。`,
      en: `${path} is no JSON file of a spec, or cannot be read.`,
    },
    { field: 'spec', cause },
  );
}

function noSuchTemplate(typed: string): BadRequestError {
  const list = Object.values(sheetTemplates);
  return new BadRequestError(
    {
      zh: `没有模板“${typed}”。可选:${list.map(({ id, title }) => `${id}(${title.zh})`).join('、')},可带图幅,如 county-a3`,
      en: `There is no template "${typed}"; choose one of ${list.map(({ id }) => id).join(', ')}, with a paper where you like, such as county-a3`,
    },
    { field: 'template' },
  );
}

function notAnExtent(): BadRequestError {
  return new BadRequestError(
    {
      zh: '--extent 应为四个以逗号分隔的度数,例如 114.9,25.8,115.6,26.7',
      en: '--extent is four numbers of degrees, such as 114.9,25.8,115.6,26.7',
    },
    { field: 'extent' },
  );
}
