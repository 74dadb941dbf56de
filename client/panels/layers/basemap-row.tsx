/** The basemap in 基础: switch, name, and below it opacity and source. Nothing where none is configured. */
import { Slider, Switch } from 'antd';
import { useId, useState } from 'react';
import { useBasemap } from '../../api/basemap.ts';
import { useTexts, useWord } from '../../i18n/text.ts';
import { BASEMAP_ID, isBasemapShown } from '../../map/basemap-style.ts';
import { useAppState } from '../../state/app-state.ts';

export function BasemapRow() {
  const texts = useTexts();
  const word = useWord();
  const basemap = useBasemap();
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const shown = useAppState((state) => isBasemapShown(state.visible));
  const opacity = useAppState((state) => state.opacity[BASEMAP_ID] ?? 1);
  const { setVisible, setOpacity } = useAppState.getState();
  if (basemap === null) return null;
  const title = texts.basemap.title(word(basemap.title));

  return (
    <li>
      <div className="layer-row">
        <div className="layer-line">
          <Switch
            size="small"
            checked={shown}
            aria-label={texts.layers.show(title)}
            onChange={(checked) => setVisible(BASEMAP_ID, checked ? true : null)}
          />
          <BasemapSwatch />
          <button
            type="button"
            className="layer-name"
            aria-expanded={open}
            aria-controls={detailsId}
            aria-label={texts.basemap.details(title)}
            title={title}
            onClick={() => setOpen(!open)}
          >
            {title}
          </button>
        </div>
        <div id={detailsId} hidden={!open}>
          {open && (
            <div className="layer-details">
              <div className="layer-opacity">
                <span>{texts.layers.opacity}</span>
                <Slider
                  min={0}
                  max={100}
                  step={5}
                  value={Math.round(opacity * 100)}
                  onChange={(percent) => setOpacity(BASEMAP_ID, percent / 100)}
                  ariaLabelForHandle={texts.layers.opacityOf(title)}
                  tooltip={{ open: false }}
                />
                <span className="figure">{Math.round(opacity * 100)}%</span>
              </div>
              <p>{texts.basemap.hint}</p>
              <dl>
                <dt>{texts.source}</dt>
                <dd>{word(basemap.attribution)}</dd>
              </dl>
            </div>
          )}
        </div>
      </div>
    </li>
  );
}

/** Sky, hills and water: a picture, not a symbol of the map. */
function BasemapSwatch() {
  return (
    <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true">
      <path d="M0 0h22v16H0z" fill="#C9DDE8" />
      <path d="M0 11l6-6 4 4 4-5 8 7v5H0z" fill="#7E9A6B" />
      <path d="M0 13c5-2 8 1 12 0s6-2 10-1v4H0z" fill="#5E86A0" />
    </svg>
  );
}
