/** The templates of sheets as data: what each is for, what it takes and what it shows unless told otherwise. Pure. */
import { z } from 'zod';
import { bilingualSchema } from '../catalogue/layer-definition.ts';
import {
  type SheetTemplateId,
  sheetAreaSchema,
  sheetLayerSchema,
  sheetTemplateIds,
} from '../contract/sheets.ts';
import { orientations, paperIds } from './sheet-paper.ts';

const areaKinds = sheetAreaSchema.options.map(({ shape }) => shape.kind.value);

const sheetTemplateSchema = z.strictObject({
  id: z.enum(sheetTemplateIds),
  title: bilingualSchema,
  description: bilingualSchema,
  /** Usual paper, and the way it lies where that is not chosen for the larger scale. */
  paper: z.enum(paperIds),
  orientation: z.enum(['auto', ...orientations]),
  areas: z.array(z.enum(areaKinds as [(typeof areaKinds)[number], ...(typeof areaKinds)[number][]])).min(1),
  /** Layers shown unless the spec names its own; those without data or closed to the reader are left out. */
  layers: z.array(sheetLayerSchema).min(1),
  /** `{name}` is the region, county or site. The second stands where no mine sites are drawn. */
  titles: z.strictObject({ mines: bilingualSchema, other: bilingualSchema }),
  /** `{date}` is the day the state is effective on. */
  subtitle: bilingualSchema,
});

const progressTitles = {
  mines: {
    zh: '{name}废弃露天矿山生态修复进展图',
    en: '{name}: Progress of Abandoned Open-pit Mine Remediation',
  },
  other: { zh: '{name}国土空间规划专题图', en: '{name}: Spatial Planning Map' },
};
const subtitle = { zh: '截至{date}', en: 'As of {date}' };
const labelled = true;
const silent = false;

const templates: Record<SheetTemplateId, z.input<typeof sheetTemplateSchema>> = {
  city: {
    id: 'city',
    title: { zh: '全市图', en: 'City sheet' },
    description: {
      zh: '全市矿山修复进展与管控底线,附图例、进展统计和图签。',
      en: 'Remediation and control lines of the whole city, with legend, progress and imprint.',
    },
    paper: 'A3',
    orientation: 'auto',
    areas: ['region', 'extent', 'center'],
    layers: [
      { id: 'counties', labels: labelled },
      { id: 'rivers', labels: labelled },
      { id: 'wetland_parks', labels: silent },
      { id: 'ecological_red_lines', labels: silent },
      { id: 'mine_sites', labels: silent },
    ],
    titles: progressTitles,
    subtitle,
  },
  county: {
    id: 'county',
    title: { zh: '县(市、区)图', en: 'County sheet' },
    description: {
      zh: '一个县(市、区)的矿山修复进展,邻县淡化,附位置示意。',
      en: 'Remediation in one county, neighbours greyed, with its position in the city.',
    },
    paper: 'A3',
    orientation: 'auto',
    areas: ['county', 'extent', 'center'],
    layers: [
      { id: 'counties', labels: labelled },
      { id: 'rivers', labels: labelled },
      { id: 'wetland_parks', labels: labelled },
      { id: 'ecological_red_lines', labels: silent },
      { id: 'mine_sites', labels: labelled },
    ],
    titles: progressTitles,
    subtitle,
  },
  site: {
    id: 'site',
    title: { zh: '一矿一表', en: 'Site sheet' },
    description: {
      zh: '一座矿山:位置、图斑与拐点坐标、基本情况、过程、照片和验收。',
      en: 'One mine site: position, patches and vertex coordinates, facts, timeline, photos and acceptance.',
    },
    paper: 'A4',
    orientation: 'portrait',
    areas: ['site'],
    layers: [
      { id: 'counties', labels: silent },
      { id: 'rivers', labels: labelled },
      { id: 'wetland_parks', labels: labelled },
      { id: 'ecological_red_lines', labels: labelled },
      { id: 'mine_sites', labels: silent },
      { id: 'mine_patches', labels: labelled },
    ],
    titles: {
      mines: { zh: '{name}一矿一表', en: 'Site Sheet: {name}' },
      other: { zh: '{name}', en: '{name}' },
    },
    subtitle,
  },
  wall: {
    id: 'wall',
    title: { zh: '挂图', en: 'Wall map' },
    description: {
      zh: '全部图层与注记的大幅挂图。',
      en: 'A large map with every layer and its labels.',
    },
    paper: 'A0',
    orientation: 'auto',
    areas: ['region', 'county', 'extent', 'center'],
    layers: [
      { id: 'counties', labels: labelled },
      { id: 'rivers', labels: labelled },
      { id: 'permanent_basic_farmland', labels: silent },
      { id: 'urban_growth_boundaries', labels: silent },
      { id: 'water_source_protection_areas', labels: labelled },
      { id: 'protected_areas', labels: labelled },
      { id: 'wetland_parks', labels: labelled },
      { id: 'ecological_red_lines', labels: silent },
      { id: 'biodiversity_corridors', labels: labelled },
      { id: 'mine_sites', labels: labelled },
    ],
    titles: progressTitles,
    subtitle,
  },
  slide: {
    id: 'slide',
    title: { zh: '汇报页', en: 'Slide' },
    description: {
      zh: '一页一意:标题是带数的一句话,各县按完工率着色,只画未完工和有问题的矿山。',
      en: 'One idea: a headline with its number, counties shaded by completion, only open or troubled sites drawn.',
    },
    paper: 'slide',
    orientation: 'landscape',
    areas: ['region', 'county', 'extent', 'center'],
    layers: [
      { id: 'counties', labels: labelled },
      { id: 'mine_sites', labels: silent, entries: ['not_started', 'preparing', 'rectifying'] },
    ],
    titles: progressTitles,
    subtitle,
  },
  picture: {
    id: 'picture',
    title: { zh: '地图截图', en: 'Picture of the map' },
    description: {
      zh: '只有地图、标题、图例、比例尺和来源,便于转发。',
      en: 'Map, title, legend, scale and source only: to be sent on.',
    },
    paper: 'A4',
    orientation: 'landscape',
    areas: ['region', 'county', 'site', 'extent', 'center'],
    layers: [
      { id: 'counties', labels: labelled },
      { id: 'rivers', labels: labelled },
      { id: 'wetland_parks', labels: labelled },
      { id: 'ecological_red_lines', labels: silent },
      { id: 'mine_sites', labels: silent },
    ],
    titles: progressTitles,
    subtitle,
  },
};

/** By id; checked when loaded. */
export const sheetTemplates = z.record(z.enum(sheetTemplateIds), sheetTemplateSchema).parse(templates);
