/** Where the pointer is, in degrees and in each home zone; the scale; whether anything leaves the machine. */
import { toGaussKruger } from '../../../geodata/domain/crs.ts';
import { useBasemap } from '../../api/basemap.ts';
import { formatDegrees, formatPlaneCoordinate, formatScale } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { isBasemapShown } from '../../map/basemap-style.ts';
import { useAppState } from '../../state/app-state.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';

export function StatusLine() {
  const { status: texts } = useTexts();
  const { region } = useLoadedCatalogue();
  const pointer = useAppState((state) => state.pointer);
  return (
    <footer className="status-line">
      <span>
        {pointer ? texts.lngLat(formatDegrees(pointer[0]), formatDegrees(pointer[1])) : texts.lngLatEmpty}
      </span>
      {region.homeZones.map(({ zone }) => {
        const plane = pointer && toGaussKruger(pointer, zone);
        return (
          <span key={zone} className="status-zone">
            {plane
              ? texts.zone(zone, formatPlaneCoordinate(plane[1]), formatPlaneCoordinate(plane[0]))
              : texts.zoneEmpty(zone)}
          </span>
        );
      })}
      <Scale />
      <Outside />
    </footer>
  );
}

function Outside() {
  const texts = useTexts();
  const basemap = useBasemap();
  const shown = useAppState((state) => isBasemapShown(state.visible));
  return (
    <span className="status-offline">
      {basemap !== null && shown ? texts.basemap.online : texts.status.offline}
    </span>
  );
}

function Scale() {
  const { status: texts } = useTexts();
  const language = useLanguage();
  const denominator = useAppState((state) => state.scaleDenominator);
  return <span>{denominator === null ? '' : texts.scale(formatScale(denominator, language))}</span>;
}
