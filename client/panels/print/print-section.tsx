/** A part of the panel under its heading; what is folded away is not there, so that it asks for nothing. */
import { type ReactNode, useState } from 'react';

export function PrintSection(props: { title: string; note?: string; open?: boolean; children: ReactNode }) {
  const [open, setOpen] = useState(props.open ?? false);
  return (
    <details
      className="print-section"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <h3>{props.title}</h3>
        {props.note && <span className="quiet">{props.note}</span>}
      </summary>
      {open && <div className="print-fields">{props.children}</div>}
    </details>
  );
}
