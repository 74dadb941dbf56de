/** What the legend of a sheet says, row by row: exactly what the map shows, with counts and areas. Pure. */
import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import { drawCases } from '../../../geodata/domain/draw-cases.ts';
import type { DrawnLayer } from '../map/drawn-layers.ts';
import { legendSwatch } from '../map/legend-swatch.ts';
import type { SheetContent } from '../sheet-content.ts';
import { areaUnitFor, type PrintedAreaUnit, printArea, printCount } from '../words/quantities.ts';
import { type SheetLanguage, say } from '../words/sheet-language.ts';
import { boundaryRows, hasStroke } from './legend-boundaries.ts';
import type { LegendRow } from './legend-row.ts';
import type { PartInput } from './part.ts';

type Counted = { input: PartInput; definition: LayerDefinition; drawn: DrawnLayer; unit: PrintedAreaUnit };

/** Rows from the topmost layer down to the base; layers of which nothing is drawn have none. */
export function legendRows(input: PartInput): LegendRow[] {
  const { plan } = input.content;
  const definitions = new Map(plan.layers.map(({ definition }) => [definition.id, definition]));
  const layers = [...input.drawn].reverse().flatMap((drawn) => {
    const definition = definitions.get(drawn.layerId);
    if (definition === undefined || drawn.entries.length === 0) return [];
    return isBoundary(definition, drawn) && !showsBoundary(definition, input) ? [] : { definition, drawn };
  });
  const isBase = ({ definition }: { definition: LayerDefinition }): boolean => definition.group === 'base';
  const ordered = [...layers.filter((layer) => !isBase(layer)), ...layers.filter(isBase)];
  return [
    ...ordered.flatMap(({ definition, drawn }) =>
      rowsOf({ input, definition, drawn, unit: unitOf(definition, drawn) }),
    ),
    ...boundaryRows(input),
  ];
}

function rowsOf(counted: Counted): LegendRow[] {
  const { definition, drawn, input } = counted;
  const entries = drawn.entries.map((entry) => entryRow(counted, entry));
  if (definition.style.categories === undefined) return entries;
  return [{ kind: 'heading', title: layerTitle(definition, input.content, input.language) }, ...entries];
}

function entryRow(
  { input, definition, drawn, unit }: Counted,
  { entryId, count, areaSquareMeters }: DrawnLayer['entries'][number],
): LegendRow {
  const { language, content } = input;
  const categories = definition.style.categories?.entries ?? [];
  const index = categories.findIndex(({ id }) => id === entryId);
  const cases = drawCases(definition);
  const draw = (index < 0 ? cases.at(-1) : cases[index])?.draw ?? definition.style.draw;
  const isCounted = definition.group !== 'base';
  const asLine = isBoundary(definition, drawn);
  const category = categories[index];
  return {
    kind: 'entry',
    layerId: drawn.layerId,
    entryId,
    title: category === undefined ? layerTitle(definition, content, language) : say(category.title, language),
    count: isCounted ? printCount(count, say(definition.countUnit, language), language) : '',
    area:
      isCounted && areaSquareMeters !== null && content.plan.spec.template !== 'slide'
        ? printArea(areaSquareMeters, unit, language)
        : '',
    swatch: (box) =>
      asLine && draw.stroke !== undefined
        ? legendSwatch({ stroke: draw.stroke }, 'line', box, drawn.sizes)
        : legendSwatch(draw, drawn.form, box, drawn.sizes),
  };
}

/** Areas of the base are there for their borders: told by the line, and only where one crosses the map. */
function isBoundary({ group, style }: LayerDefinition, { form }: DrawnLayer): boolean {
  return group === 'base' && form === 'area' && style.categories === undefined;
}

function showsBoundary({ id, style }: LayerDefinition, { mapMarks }: PartInput): boolean {
  return style.draw.stroke === undefined || hasStroke(mapMarks, id, style.draw.stroke);
}

/** Name of the layer, for the schematic ones of the base with a word that says so. */
function layerTitle(definition: LayerDefinition, content: SheetContent, language: SheetLanguage): string {
  const title = say(definition.title, language);
  const datasets = content.layers.find(({ layerId }) => layerId === definition.id)?.datasets ?? [];
  const isSchematic =
    definition.group === 'base' &&
    definition.style.categories === undefined &&
    datasets.some(({ kind }) => kind === 'sample');
  if (!isSchematic) return title;
  return language === 'en' ? `${title} (schematic)` : `${title}(示意)`;
}

function unitOf(definition: LayerDefinition, drawn: DrawnLayer): PrintedAreaUnit {
  if (definition.group === 'restoration') return 'ha';
  return areaUnitFor(Math.max(...drawn.entries.map(({ areaSquareMeters }) => areaSquareMeters ?? 0)));
}
