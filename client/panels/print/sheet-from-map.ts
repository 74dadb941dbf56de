/** The sheet that shows what the map shows, and the sheet of a template begun from it. Pure. */
import type { CatalogueResponse } from '../../../geodata/contract/catalogue.ts';
import type { SheetArea, SheetSpec, SheetTemplateId } from '../../../geodata/contract/sheets.ts';
import { sheetSpecSchema } from '../../../geodata/contract/sheets.ts';
import { sheetTemplates } from '../../../geodata/domain/sheet-templates.ts';
import { isReadable } from '../../api/readable-layer.ts';
import { isBasemapShown } from '../../map/basemap-style.ts';
import { isVisible } from '../../map/style.ts';
import type { AppState, Extent } from '../../state/app-state.ts';
import { MINE_LAYER } from '../mine-layer.ts';

/** What of the screen a sheet is made from. */
export type ShownMap = Pick<
  AppState,
  'language' | 'visible' | 'filter' | 'county' | 'selection' | 'asOf' | 'viewExtent'
>;
type Known = Pick<CatalogueResponse, 'layers' | 'region'>;

/** The layers on the map with the legend entries shown of each, labelled as the template has it. */
export function layersOfMap(
  { layers }: Pick<Known, 'layers'>,
  { visible, filter }: Pick<ShownMap, 'visible' | 'filter'>,
  template: SheetTemplateId,
): NonNullable<SheetSpec['layers']> {
  const own = sheetTemplates[template].layers;
  return layers
    .filter((layer) => isReadable(layer) && isVisible(layer.definition, visible))
    .map(({ definition: { id } }) => ({
      id,
      ...(filter[id] === undefined ? {} : { entries: [...filter[id]] }),
      labels: own.find((layer) => layer.id === id)?.labels ?? true,
    }));
}

/** Five decimals of a degree are a metre. */
export function areaOfView(view: Extent | null, { region }: Known): SheetArea {
  const extent = view ?? region.extent;
  return { kind: 'extent', extent: extent.map((value) => Number(value.toFixed(5))) as Extent };
}

/** Code of the selected mine site; null where none is. */
export function selectedSite({ selection }: Pick<ShownMap, 'selection'>): string | null {
  return selection?.layerId === MINE_LAYER ? selection.code : null;
}

/** What a template shows first. A site page without a chosen site has the code '' and is not complete. */
export function areaOfTemplate(
  template: SheetTemplateId,
  map: ShownMap,
  known: Known,
  before: SheetArea | null,
): SheetArea {
  switch (template) {
    case 'county': {
      if (before?.kind === 'county') return before;
      const adcode = map.county ?? known.region.counties[0]?.adcode;
      return adcode === undefined ? { kind: 'region' } : { kind: 'county', adcode };
    }
    case 'site':
      if (before?.kind === 'site') return before;
      return { kind: 'site', code: selectedSite(map) ?? '' };
    case 'picture':
      return areaOfView(map.viewExtent, known);
    default:
      return { kind: 'region' };
  }
}

/** Site pages and slides show what their template is made for; all others what is on the map. */
const ownLayers: readonly SheetTemplateId[] = ['site', 'slide'];

/** A sheet of this template; texts, classification and language of the sheet before it are kept. */
export function beginSheet(
  template: SheetTemplateId,
  map: ShownMap,
  known: Known,
  { before = null, hasBasemap = false }: { before?: SheetSpec | null; hasBasemap?: boolean } = {},
): SheetSpec {
  const asOf = before === null ? map.asOf : (before.asOf ?? null);
  const layers = before?.layers ?? layersOfMap(known, map, template);
  return {
    ...defaults,
    paper: sheetTemplates[template].paper,
    orientation: sheetTemplates[template].orientation,
    template,
    area: areaOfTemplate(template, map, known, before?.area ?? null),
    ...(ownLayers.includes(template) ? {} : { layers }),
    ...(asOf === null ? {} : { asOf }),
    basemap: before?.basemap ?? (hasBasemap && isBasemapShown(map.visible) && template === 'picture'),
    language: before?.language ?? map.language,
    ...(before === null ? {} : { classification: before.classification, slots: withoutTitles(before.slots) }),
    ...(before?.overrideReason === undefined ? {} : { overrideReason: before.overrideReason }),
  };
}

/** A title names what its sheet shows, and the next shows something else. */
function withoutTitles({ title: _title, subtitle: _subtitle, ...slots }: SheetSpec['slots']) {
  return slots;
}

const defaults = sheetSpecSchema.parse({ template: 'city', area: { kind: 'region' } });

/** Whether it can be asked for: a site page needs its site. */
export function isComplete({ area }: SheetSpec): boolean {
  return area.kind !== 'site' || area.code !== '';
}
