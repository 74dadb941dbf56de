/** Tools at the right edge of the map, each with its word. */
import {
  FullscreenExitOutlined,
  FullscreenOutlined,
  HistoryOutlined,
  HomeOutlined,
  MinusOutlined,
  PlusOutlined,
  PrinterOutlined,
  TableOutlined,
} from '@ant-design/icons';
import { type ReactNode, useSyncExternalStore } from 'react';
import { isReadable } from '../../api/readable-layer.ts';
import { useTexts } from '../../i18n/text.ts';
import { mapCommands } from '../../map/commands.ts';
import { useAppState } from '../../state/app-state.ts';
import { useLayer } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { usePrintThisMap } from '../print/print-this-map.ts';

export function MapTools({ mapWorks, hasData }: { mapWorks: boolean; hasData: boolean }) {
  const { tools: texts, progress } = useTexts();
  const tableOpen = useAppState((state) => state.tableOpen);
  const timeOpen = useAppState((state) => state.timeOpen || state.asOf !== null);
  const { setPanel, setAsOf } = useAppState.getState();
  const mines = useLayer(MINE_LAYER);
  const hasHistory = mines !== undefined && isReadable(mines);
  const full = useFullScreen();
  const printThisMap = usePrintThisMap();
  return (
    <div className="map-tools" role="toolbar" aria-label={texts.label} aria-orientation="vertical">
      <Tool word={texts.zoomIn} icon={<PlusOutlined />} disabled={!mapWorks} run={mapCommands.zoomIn} />
      <Tool word={texts.zoomOut} icon={<MinusOutlined />} disabled={!mapWorks} run={mapCommands.zoomOut} />
      <Tool
        word={texts.home}
        hint={texts.homeHint}
        icon={<HomeOutlined />}
        disabled={!mapWorks}
        run={mapCommands.home}
      />
      {document.fullscreenEnabled && (
        <Tool
          word={full ? texts.leaveFullScreen : texts.fullScreen}
          icon={full ? <FullscreenExitOutlined /> : <FullscreenOutlined />}
          run={() => void (full ? document.exitFullscreen() : document.documentElement.requestFullscreen())}
        />
      )}
      <Tool
        className="not-on-phone"
        word={texts.table}
        icon={<TableOutlined />}
        pressed={tableOpen}
        disabled={!hasData}
        run={() => setPanel('tableOpen', !tableOpen)}
      />
      <Tool
        word={progress.pastTool}
        hint={progress.pastToolHint}
        icon={<HistoryOutlined />}
        pressed={timeOpen}
        disabled={!hasHistory}
        run={() => {
          setPanel('timeOpen', !timeOpen);
          if (timeOpen) setAsOf(null);
        }}
      />
      <Tool
        word={texts.print}
        hint={texts.printHint}
        icon={<PrinterOutlined />}
        disabled={!hasData}
        run={printThisMap}
      />
    </div>
  );
}

function Tool(props: {
  word: string;
  hint?: string;
  icon: ReactNode;
  disabled?: boolean;
  pressed?: boolean;
  className?: string;
  run: () => void;
}) {
  return (
    <button
      type="button"
      className={`tool ${props.className ?? ''}`}
      title={props.hint ?? props.word}
      disabled={props.disabled}
      aria-pressed={props.pressed}
      onClick={props.run}
    >
      {props.icon}
      <span>{props.word}</span>
    </button>
  );
}

function useFullScreen(): boolean {
  return useSyncExternalStore(
    (changed) => {
      document.addEventListener('fullscreenchange', changed);
      return () => document.removeEventListener('fullscreenchange', changed);
    },
    () => document.fullscreenElement !== null,
  );
}
