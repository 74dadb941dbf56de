/** One layer: switch, swatch, name, count; its details open below it. */
import { LoadingOutlined, LockOutlined, WarningFilled } from '@ant-design/icons';
import { Switch } from 'antd';
import { useId, useState } from 'react';
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { isReadable } from '../../api/readable-layer.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { mapCommands } from '../../map/commands.ts';
import { layerDraw, Swatch, swatchForm } from '../../map/legend-swatch.tsx';
import { useAppState } from '../../state/app-state.ts';
import { PositionDoubtBadge } from '../data/position-doubt-badge.tsx';
import { LayerDetails } from './layer-details.tsx';
import { isShown, switchOf } from './layer-list.ts';
import { ZoomNote } from './zoom-note.tsx';

export function LayerRow({ layer }: { layer: CatalogueLayer }) {
  const { definition } = layer;
  const texts = useTexts();
  const language = useLanguage();
  const word = useWord();
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const shown = useAppState((state) => isShown(layer, state.visible));
  const load = useAppState((state) => state.loads[definition.id]);
  const setVisible = useAppState((state) => state.setVisible);
  const readable = isReadable(layer);
  const closed = layer.state === 'loaded' && !readable;
  const title = word(definition.title);

  return (
    <div className={readable ? 'layer-row' : 'layer-row layer-row-empty'}>
      <div className="layer-line">
        <Switch
          size="small"
          checked={shown}
          disabled={!readable}
          aria-label={texts.layers.show(title)}
          onChange={(checked) => setVisible(definition.id, switchOf(layer, checked))}
        />
        <Swatch draw={layerDraw(definition)} form={swatchForm(definition)} size={16} />
        <button
          type="button"
          className="layer-name"
          aria-expanded={open}
          aria-controls={detailsId}
          aria-label={texts.layers.details(title)}
          title={title}
          onClick={() => setOpen(!open)}
        >
          {title}
        </button>
        <span className="layer-count">
          {shown && load?.phase === 'loading' && <LoadingOutlined aria-label={texts.loading} />}
          {shown && load?.phase === 'error' && (
            <WarningFilled className="alert-ink" title={texts.layers.failed} />
          )}
          {readable && formatNumber(layer.featureCount, language)}
          {closed && <LockOutlined />}
          {!readable && (closed ? texts.session.needsSignIn : texts.notLoaded)}
        </span>
      </div>
      <DoubtNote layer={layer} />
      {shown && <ZoomNote definition={definition} />}
      {shown && load?.phase === 'error' && <LoadError layerId={definition.id} message={load.message} />}
      <div id={detailsId} hidden={!open}>
        {open && <LayerDetails layer={layer} />}
      </div>
    </div>
  );
}

/** Stands below the name for as long as such data does: it must not be overlooked. */
function DoubtNote({ layer }: { layer: CatalogueLayer }) {
  const doubt = layer.datasets.find(({ positionDoubt }) => positionDoubt !== null)?.positionDoubt;
  if (!doubt) return null;
  return (
    <p className="layer-note">
      <PositionDoubtBadge doubt={doubt} />
    </p>
  );
}

function LoadError({ layerId, message }: { layerId: string; message: string }) {
  const texts = useTexts();
  return (
    <p className="layer-note alert-ink" role="alert">
      {texts.layers.failed}: {message}{' '}
      <button type="button" className="link-button" onClick={() => mapCommands.reloadLayer(layerId)}>
        {texts.retry}
      </button>
    </p>
  );
}
