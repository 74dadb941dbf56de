/** Rows of the legend for lines that are no layer's entry: the border of the region and the outline of the focus. Pure. */
import type { LayerDraw } from '../../../geodata/catalogue/layer-definition.ts';
import { legendSwatch } from '../map/legend-swatch.ts';
import type { Mark } from '../page.ts';
import { type SheetLanguage, say } from '../words/sheet-language.ts';
import type { LegendRow } from './legend-row.ts';
import type { PartInput } from './part.ts';

/** One row, as both lines look alike; none where neither is drawn. */
export function boundaryRows({ content, language, drawn, mapMarks }: PartInput): LegendRow[] {
  for (const { layerId, sizes } of drawn) {
    const definition = content.plan.layers.find((layer) => layer.definition.id === layerId)?.definition;
    const stroke = definition?.style.outerStroke;
    if (stroke === undefined) continue;
    const names: string[] = [];
    const { focus } = content.plan;
    if (hasGroup(mapMarks, 'focus-outline') && focus.kind === 'county') names.push(say(focus.name, language));
    if (hasStroke(mapMarks, layerId, stroke)) names.push(say(content.regionName, language));
    if (names.length === 0) return [];
    return [
      {
        kind: 'entry',
        layerId,
        entryId: 'outer',
        title: boundaryTitle(names, language),
        count: '',
        area: '',
        swatch: (box) => legendSwatch({ stroke }, 'line', box, sizes),
      },
    ];
  }
  return [];
}

function boundaryTitle(names: readonly string[], language: SheetLanguage): string {
  if (language === 'en') return `Boundary of ${names.join(', ')}`;
  return names.map((name) => `${name}界`).join('、');
}

function hasGroup(marks: readonly Mark[], id: string): boolean {
  return marks.some(
    (mark) =>
      (mark.kind === 'group' && (mark.id === id || hasGroup(mark.marks, id))) ||
      (mark.kind === 'clip' && hasGroup(mark.marks, id)),
  );
}

/** Whether a path of the layer has the colour of the stroke. */
export function hasStroke(
  marks: readonly Mark[],
  layerId: string,
  stroke: NonNullable<LayerDraw['stroke']>,
): boolean {
  const drawsIt = (mark: Mark): boolean =>
    (mark.kind === 'path' && mark.stroke?.color === stroke.color) ||
    ((mark.kind === 'group' || mark.kind === 'clip') && mark.marks.some(drawsIt));
  return marks.some((mark) => {
    if (mark.kind === 'clip') return hasStroke(mark.marks, layerId, stroke);
    return mark.kind === 'group' && mark.id.startsWith(layerId) && mark.marks.some(drawsIt);
  });
}
