/** A window over everything, by the browser's own dialog: focus stays in it and goes back, Escape closes it. */
import { CloseOutlined } from '@ant-design/icons';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTexts } from '../../i18n/text.ts';

export function ModalDialog(props: {
  title: string;
  close: () => void;
  className?: string;
  children: ReactNode;
}) {
  const texts = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      // Says so itself, for panels underneath that listen to Escape.
      aria-modal="true"
      aria-labelledby={titleId}
      className={`modal-dialog ${props.className ?? ''}`}
      // The panel or drawer underneath stays open.
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.stopPropagation();
      }}
      onCancel={(event) => {
        event.preventDefault();
        props.close();
      }}
    >
      <header className="modal-head">
        <h2 id={titleId}>{props.title}</h2>
        <button type="button" className="icon-button" aria-label={texts.close} onClick={props.close}>
          <CloseOutlined />
        </button>
      </header>
      {props.children}
    </dialog>
  );
}
