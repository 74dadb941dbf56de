/** The preview over the whole window: fitted, or as large as on paper and larger, moved by scrolling or by hand. */
import '../../styles/marking.css';
import { type PointerEvent, useRef, useState } from 'react';
import { formatNumber } from '../../i18n/format.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { ModalDialog } from '../evidence/modal-dialog.tsx';

const PX_PER_MM = 96 / 25.4;
/** Shares of the size on paper. */
const steps = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4];

export function PreviewDialog(props: { url: string; widthMm: number; close: () => void }) {
  const texts = useSheetTexts();
  const language = useLanguage();
  const frame = useRef<HTMLElement>(null);
  const picture = useRef<HTMLImageElement>(null);
  /** null: fitted into the window. */
  const [zoom, setZoom] = useState<number | null>(null);
  const paperWidthPx = props.widthMm * PX_PER_MM;
  const step = (direction: 1 | -1) => {
    const now = zoom ?? (picture.current?.clientWidth ?? 0) / paperWidthPx;
    const next =
      direction === 1 ? steps.find((each) => each > now * 1.01) : steps.findLast((each) => each < now * 0.99);
    if (next !== undefined) setZoom(next);
  };
  return (
    <ModalDialog title={texts.preview} close={props.close} className="preview-dialog">
      <div className="preview-tools">
        <button type="button" className="plain-button" onClick={() => step(-1)}>
          {texts.previewZoomOut}
        </button>
        <button type="button" className="plain-button" onClick={() => step(1)}>
          {texts.previewZoomIn}
        </button>
        <button
          type="button"
          className="plain-button"
          aria-pressed={zoom === null}
          onClick={() => setZoom(null)}
        >
          {texts.previewFit}
        </button>
        <span className="figure" role="status">
          {zoom !== null && texts.previewSize(formatNumber(zoom * 100, language))}
        </span>
      </div>
      <section
        ref={frame}
        className="preview-frame"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        aria-label={texts.previewAlt}
        {...panBy(frame)}
      >
        <img
          ref={picture}
          src={props.url}
          alt={texts.previewAlt}
          draggable={false}
          className={zoom === null ? 'preview-fitted' : undefined}
          style={zoom === null ? undefined : { width: paperWidthPx * zoom }}
        />
      </section>
    </ModalDialog>
  );
}

/** A mouse drags the picture; a finger scrolls it anyway. */
function panBy(frame: { current: HTMLElement | null }) {
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType === 'mouse') frame.current?.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      if (frame.current?.hasPointerCapture(event.pointerId))
        frame.current.scrollBy(-event.movementX, -event.movementY);
    },
  };
}
