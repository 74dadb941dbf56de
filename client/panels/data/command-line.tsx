/** A command to type, with a button that copies it. */
import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { useRef, useState } from 'react';
import { useTexts } from '../../i18n/text.ts';

export function CommandLine({ command }: { command: string }) {
  const { copy, copied } = useTexts();
  const [done, setDone] = useState(false);
  const text = useRef<HTMLElement>(null);
  const copyText = async () => {
    try {
      await navigator.clipboard.writeText(command);
      setDone(true);
      setTimeout(() => setDone(false), 2000);
    } catch {
      // Without TLS there is no clipboard: mark the text, so that Ctrl+C takes it.
      if (text.current) getSelection()?.selectAllChildren(text.current);
    }
  };
  return (
    <div className="command">
      <code ref={text}>{command}</code>
      <button type="button" className="link-button" onClick={() => void copyText()}>
        {done ? <CheckOutlined /> : <CopyOutlined />} <span aria-live="polite">{done ? copied : copy}</span>
      </button>
    </div>
  );
}
