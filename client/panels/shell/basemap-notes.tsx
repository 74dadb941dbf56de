/** Over the map while the basemap is shown: whose it is, and that its pictures do not come at present. */
import type { Basemap } from '../../../geodata/contract/basemap.ts';
import { useTexts, useWord } from '../../i18n/text.ts';
import { isBasemapShown } from '../../map/basemap-style.ts';
import { useAppState } from '../../state/app-state.ts';

export function BasemapNotes({ basemap }: { basemap: Basemap }) {
  const { basemap: texts } = useTexts();
  const word = useWord();
  const shown = useAppState((state) => isBasemapShown(state.visible));
  const fails = useAppState((state) => state.basemapFails);
  if (!shown) return null;
  return (
    <div className="basemap-notes">
      <p role="status" className={fails ? 'basemap-failing' : undefined}>
        {fails && texts.failing}
      </p>
      <p className="basemap-attribution">
        {texts.attribution}: {word(basemap.attribution)}
      </p>
    </div>
  );
}
