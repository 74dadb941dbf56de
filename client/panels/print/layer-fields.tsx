/** Which layers are drawn and which of them are labelled. */
import { Checkbox } from 'antd';
import type { SheetSpec } from '../../../geodata/contract/sheets.ts';
import { sheetTemplates } from '../../../geodata/domain/sheet-templates.ts';
import { useBasemap } from '../../api/basemap.ts';
import { isReadable } from '../../api/readable-layer.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useLanguage, useWord } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { PrintSection } from './print-section.tsx';
import { layersOfMap } from './sheet-from-map.ts';
import { changeSheet } from './use-print-sheet.ts';

export function LayerFields({ sheet }: { sheet: SheetSpec }) {
  const texts = useSheetTexts();
  const language = useLanguage();
  const word = useWord();
  const catalogue = useLoadedCatalogue();
  const hasBasemap = useBasemap() !== null;
  const layers = catalogue.layers.filter(isReadable);
  const own = sheetTemplates[sheet.template].layers;
  const chosen = (sheet.layers ?? own).filter(({ id }) =>
    layers.some(({ definition }) => definition.id === id),
  );
  const set = (id: string, isOn: boolean) => {
    const others = chosen.filter((layer) => layer.id !== id);
    const labels = own.find((layer) => layer.id === id)?.labels ?? true;
    changeSheet({ layers: isOn ? [...others, { id, labels }] : others });
  };
  const setLabels = (id: string, labels: boolean) =>
    changeSheet({ layers: chosen.map((layer) => (layer.id === id ? { ...layer, labels } : layer)) });
  return (
    <PrintSection title={texts.layers} note={texts.layersOn(formatNumber(chosen.length, language))}>
      <p className="print-links">
        <button
          type="button"
          className="link-button"
          onClick={() =>
            changeSheet({ layers: layersOfMap(catalogue, useAppState.getState(), sheet.template) })
          }
        >
          {texts.fromMap}
        </button>
        <button type="button" className="link-button" onClick={() => changeSheet({ layers: undefined })}>
          {texts.fromTemplate}
        </button>
      </p>
      {layers.length === 0 && <p className="quiet">{texts.noLayers}</p>}
      <ul className="print-layers">
        {layers.map(({ definition }) => {
          const layer = chosen.find(({ id }) => id === definition.id);
          const title = word(definition.title);
          return (
            <li key={definition.id}>
              <Checkbox
                checked={layer !== undefined}
                onChange={({ target }) => set(definition.id, target.checked)}
              >
                {title}
                {layer?.entries && (
                  <small> {texts.partial(formatNumber(layer.entries.length, language))}</small>
                )}
              </Checkbox>
              {layer !== undefined && definition.style.label !== undefined && (
                <Checkbox
                  aria-label={texts.labelsOf(title)}
                  checked={layer.labels}
                  onChange={({ target }) => setLabels(definition.id, target.checked)}
                >
                  {texts.labels}
                </Checkbox>
              )}
            </li>
          );
        })}
      </ul>
      {hasBasemap && (
        <Checkbox checked={sheet.basemap} onChange={({ target }) => changeSheet({ basemap: target.checked })}>
          {texts.basemap}
        </Checkbox>
      )}
    </PrintSection>
  );
}
