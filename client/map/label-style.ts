/** The label layer of one layer definition, written in fonts of the reader's machine. Pure. */
import type { ExpressionSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import { drawCases } from '../../geodata/domain/draw-cases.ts';
import { filterOf, type LayerStyleInput, round, sourceOf, zoomRange } from './layer-parts.ts';

/** Local fonts, as MapLibre wants them; the style has no glyph address, so nothing is fetched. */
const FONTS = [
  'PingFang SC',
  'Microsoft YaHei UI',
  'HarmonyOS Sans SC',
  'Source Han Sans SC',
  'Noto Sans SC',
];
/** Far out, where the whole region stands on a phone. */
const SMALLEST_PX = 11;
const CJK_FALLBACK = 'Noto Sans CJK SC';

export function labelLayer(input: LayerStyleInput): SymbolLayerSpecification[] {
  const { definition } = input;
  const { label, symbolBelowZoom } = definition.style;
  if (label === undefined) return [];
  const alongLine = definition.table.anchor === null;
  const englishField = `${label.field}_en`;
  const hasEnglish = definition.fields.some(({ name }) => name === englishField);
  const text: ExpressionSpecification =
    input.language === 'en' && hasEnglish
      ? ['coalesce', ['get', englishField], ['get', label.field]]
      : ['get', label.field];
  const hasSymbols = symbolBelowZoom !== null;
  const placement: SymbolLayerSpecification['layout'] = alongLine
    ? { 'symbol-placement': 'line', 'symbol-spacing': 400, 'text-max-angle': 35 }
    : {
        'text-max-width': hasSymbols ? 10 : 7,
        // A label steps aside before it is left out; the name of a site stands beside its symbol.
        'text-variable-anchor': hasSymbols
          ? ['left', 'right', 'top', 'bottom']
          : ['center', 'top', 'bottom', 'left', 'right'],
        'text-radial-offset': hasSymbols ? 0.85 : 0.5,
        'text-justify': 'auto',
      };
  return [
    {
      id: `${definition.id}/label`,
      type: 'symbol',
      ...sourceOf(input, alongLine ? 'shape' : 'anchor'),
      ...zoomRange(Math.max(label.minzoom, definition.style.minzoom), definition.style.maxzoom),
      ...filterOf(input, alongLine ? 'shape' : 'anchor', drawCases(definition)),
      layout: {
        ...placement,
        'text-field': text,
        'text-font': [...FONTS, CJK_FALLBACK],
        'text-size': ['step', ['zoom'], Math.min(label.sizePx, SMALLEST_PX), 7, label.sizePx],
        'text-padding': 3,
      },
      paint: {
        'text-color': label.color,
        'text-halo-color': 'rgba(255, 255, 255, 0.92)',
        'text-halo-width': 2,
        'text-opacity': round(input.opacity),
      },
    },
  ];
}
