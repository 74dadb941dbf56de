/** 出图: the sheet at hand beside the map, as the service draws it, and how to have it as a file. */
import '../../styles/print.css';
import { DoubleRightOutlined, LeftOutlined } from '@ant-design/icons';
import { Skeleton } from 'antd';
import { useEffect } from 'react';
import type { SheetSpec } from '../../../geodata/contract/sheets.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useAppState } from '../../state/app-state.ts';
import { useWindowWidth, windowWidth } from '../window-width.ts';
import { AreaFields } from './area-fields.tsx';
import { DownloadBar } from './download-bar.tsx';
import { LayerFields } from './layer-fields.tsx';
import { PlanNotices } from './plan-notices.tsx';
import { SavedSheets } from './saved-sheets.tsx';
import { SeriesForm } from './series-form.tsx';
import { SettingFields } from './setting-fields.tsx';
import { SheetPreview } from './sheet-preview.tsx';
import { SlotFields } from './slot-fields.tsx';
import { TemplateCards } from './template-cards.tsx';
import { usePrintSheet } from './use-print-sheet.ts';
import { useSheetAnswers } from './use-sheet-answers.ts';

export default function PrintPanel() {
  const texts = useSheetTexts();
  const sheet = usePrintSheet();
  const phone = useWindowWidth() === 'phone';
  const open = useAppState((state) => state.contextPanelOpen);
  const setPanel = useAppState((state) => state.setPanel);
  useRoomOnNarrow();
  if (!open && !phone) {
    return (
      <button
        type="button"
        className="context-handle"
        aria-expanded={false}
        onClick={() => setPanel('contextPanelOpen', true)}
      >
        <LeftOutlined />
        <span>{texts.open}</span>
      </button>
    );
  }
  return (
    <aside className="print-panel" aria-label={texts.title} data-covers-map>
      <header className="print-head">
        <h2>{texts.title}</h2>
        <button
          type="button"
          className="icon-button not-on-phone"
          aria-label={texts.close}
          onClick={() => setPanel('contextPanelOpen', false)}
        >
          <DoubleRightOutlined />
        </button>
      </header>
      {sheet === null ? (
        <Skeleton title={false} paragraph={{ rows: 12 }} className="panel-waiting" />
      ) : (
        <Composer sheet={sheet} />
      )}
    </aside>
  );
}

function Composer({ sheet }: { sheet: SheetSpec }) {
  const { plan, preview, isPlanned } = useSheetAnswers(sheet);
  const notices = plan.data?.notices ?? [];
  const isBlocked = notices.some(({ severity }) => severity === 'blocking');
  return (
    <>
      <div className="print-scroll">
        <TemplateCards sheet={sheet} />
        <SheetPreview sheet={sheet} plan={plan} preview={preview} />
        <PlanNotices sheet={sheet} notices={notices} />
        <AreaFields sheet={sheet} planned={isPlanned ? plan.data : undefined} />
        <LayerFields sheet={sheet} />
        <SlotFields sheet={sheet} />
        <SettingFields sheet={sheet} />
        <SeriesForm sheet={sheet} isBlocked={isBlocked} />
        <SavedSheets sheet={sheet} />
      </div>
      <DownloadBar sheet={sheet} isReady={isPlanned} isBlocked={isBlocked} />
    </>
  );
}

/** Beside layers and panel a narrow window has no room for the map; the panel of figures was closed there. */
function useRoomOnNarrow(): void {
  useEffect(() => {
    const { layerPanelOpen, contextPanelOpen, setPanel } = useAppState.getState();
    setPanel('contextPanelOpen', true);
    if (windowWidth() !== 'wide') setPanel('layerPanelOpen', false);
    return () => {
      setPanel('contextPanelOpen', contextPanelOpen);
      if (windowWidth() === 'narrow') setPanel('layerPanelOpen', layerPanelOpen);
    };
  }, []);
}
