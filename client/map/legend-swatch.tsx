/** Small pictures of how a layer or a legend entry is drawn, from the same shapes as the map. */
import { useId } from 'react';
import type { LayerDefinition, LayerDraw } from '../../geodata/catalogue/layer-definition.ts';
import { hatchTile, SYMBOL_BOX, symbolShapes } from '../../geodata/domain/symbol-shapes.ts';

type SwatchProps = {
  draw: LayerDraw;
  /** Height in pixels; a swatch of an area or line is 1.4 times as wide. */
  size?: number;
  /** How the stroke runs: round an area, or along its middle. */
  form?: 'area' | 'line' | 'band';
};

/** Which form the swatch of a layer has. */
export function swatchForm(definition: LayerDefinition): 'area' | 'line' | 'band' {
  if (definition.table.geometryType === 'MultiLineString') return 'line';
  return definition.style.strokeAlong === 'axis' ? 'band' : 'area';
}

/** What stands for a whole layer: its own drawing, or the entry in the middle where only entries have symbols. */
export function layerDraw(definition: LayerDefinition): LayerDraw {
  const { draw, categories, symbolBelowZoom } = definition.style;
  if (symbolBelowZoom === null || draw.symbol !== undefined || categories === undefined) return draw;
  const half = categories.entries.find(({ draw: entry }) => entry.symbol?.kind === 'ring-half');
  return { ...draw, ...(half ?? categories.entries[0])?.draw };
}

/** A picture only: the text beside it says what it means, so it is hidden from screen readers. */
export function Swatch({ draw, size = 16, form = 'area' }: SwatchProps) {
  if (draw.symbol !== undefined) return <SymbolSwatch symbol={draw.symbol} size={size} />;
  return <AreaSwatch draw={draw} size={size} form={form} />;
}

function SymbolSwatch({ symbol, size }: { symbol: NonNullable<LayerDraw['symbol']>; size: number }) {
  return (
    <svg width={size} height={size} viewBox={`0 0 ${SYMBOL_BOX} ${SYMBOL_BOX}`} aria-hidden="true">
      {symbolShapes(symbol).map((shape) => (
        <path
          key={`${shape.d} ${shape.fill} ${shape.stroke}`}
          d={shape.d}
          fill={shape.fill ?? 'none'}
          stroke={shape.stroke}
          strokeWidth={shape.strokeWidth}
          strokeLinejoin="round"
        />
      ))}
    </svg>
  );
}

function AreaSwatch({ draw, size, form }: { draw: LayerDraw; size: number; form: 'area' | 'line' | 'band' }) {
  const patternId = useId();
  const width = Math.round(size * 1.4);
  const inset = (draw.stroke?.widthPx ?? 1) / 2;
  const top = form === 'band' ? size * 0.2 : inset;
  const box = {
    x: form === 'band' ? 0 : inset,
    y: top,
    width: form === 'band' ? width : width - 2 * inset,
    height: size - 2 * top,
  };
  const tile = draw.hatch && hatchTile(draw.hatch);
  const stroke = draw.stroke && {
    stroke: draw.stroke.color,
    strokeWidth: draw.stroke.widthPx,
    strokeDasharray: draw.stroke.dash?.map((part) => part * (draw.stroke?.widthPx ?? 1)).join(' '),
  };
  const alongMiddle = form !== 'area';
  return (
    <svg width={width} height={size} viewBox={`0 0 ${width} ${size}`} aria-hidden="true">
      {tile && draw.hatch && (
        <pattern id={patternId} width={tile.sizePx} height={tile.sizePx} patternUnits="userSpaceOnUse">
          <path d={tile.d} fill="none" stroke={draw.hatch.color} strokeWidth={draw.hatch.widthPx} />
        </pattern>
      )}
      {form !== 'line' && draw.fill && (
        <rect {...box} fill={draw.fill.color} fillOpacity={draw.fill.opacity} />
      )}
      {form !== 'line' && tile && <rect {...box} fill={`url(#${patternId})`} />}
      {stroke && !alongMiddle && <rect {...box} fill="none" {...stroke} />}
      {stroke && alongMiddle && <path d={`M0 ${size / 2}H${width}`} fill="none" {...stroke} />}
    </svg>
  );
}
