/** Says from which scale on a layer is drawn while the map is beyond it. */
import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import { formatScale } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { hiddenByZoom, scaleAtZoom } from './layer-list.ts';

export function ZoomNote({ definition }: { definition: LayerDefinition }) {
  const { layers: texts } = useTexts();
  const language = useLanguage();
  const zoom = useAppState((state) => state.view?.zoom);
  const denominator = useAppState((state) => state.scaleDenominator);
  if (zoom === undefined || denominator === null) return null;
  const hidden = hiddenByZoom(definition, zoom);
  if (hidden === null) return null;
  const scale = formatScale(scaleAtZoom(denominator, zoom, hidden.zoom), language, 2);
  return (
    <p className="layer-note">
      {hidden.kind === 'shown-from' ? texts.shownFrom(scale) : texts.shownUntil(scale)}
    </p>
  );
}
