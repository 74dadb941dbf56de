/** A part of the panel under its heading, folded away where it is seldom needed. */
import type { ReactNode } from 'react';

export function PrintSection(props: { title: string; note?: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="print-section" open={props.open}>
      <summary>
        <h3>{props.title}</h3>
        {props.note && <span className="quiet">{props.note}</span>}
      </summary>
      <div className="print-fields">{props.children}</div>
    </details>
  );
}
