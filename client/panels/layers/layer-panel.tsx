/** 图层: every layer of the catalogue, by group or in drawing order. */
import { DoubleLeftOutlined, DoubleRightOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { BasemapRow } from './basemap-row.tsx';
import { groupLayers } from './layer-list.ts';
import { LayerOrderList } from './layer-order-list.tsx';
import { LayerRow } from './layer-row.tsx';

export function LayerPanel() {
  const { layers: texts } = useTexts();
  const { layers } = useLoadedCatalogue();
  const [view, setView] = useState<'groups' | 'order'>('groups');
  const open = useAppState((state) => state.layerPanelOpen);
  const setPanel = useAppState((state) => state.setPanel);

  if (!open) {
    return (
      <button
        type="button"
        className="panel-rail"
        aria-expanded={false}
        aria-label={texts.expand}
        onClick={() => setPanel('layerPanelOpen', true)}
      >
        <DoubleRightOutlined />
        <span>{texts.title}</span>
      </button>
    );
  }
  return (
    <aside className="layer-panel" aria-label={texts.title}>
      <header className="panel-header">
        <h2>{texts.title}</h2>
        <Segmented
          size="small"
          aria-label={texts.viewLabel}
          value={view}
          onChange={setView}
          options={(['groups', 'order'] as const).map((value) => ({ value, label: texts.views[value] }))}
        />
        <button
          type="button"
          className="link-button"
          aria-expanded
          onClick={() => setPanel('layerPanelOpen', false)}
        >
          <DoubleLeftOutlined className="only-wide" /> {texts.collapse}
        </button>
      </header>
      <div className="layer-scroll">
        {view === 'order' ? (
          <LayerOrderList />
        ) : (
          groupLayers(layers).map(({ group, layers: members }) => (
            <section key={group} aria-label={texts.groups[group]}>
              <h3>{texts.groups[group]}</h3>
              <ul className="layer-list">
                {members.map((layer) => (
                  <li key={layer.definition.id}>
                    <LayerRow layer={layer} />
                  </li>
                ))}
                {group === 'base' && <BasemapRow />}
              </ul>
            </section>
          ))
        )}
      </div>
    </aside>
  );
}
