/** A field of the sheet with its word before it. */
import { type ReactNode, useId } from 'react';

export function FieldRow(props: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="print-field">
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
    </div>
  );
}
