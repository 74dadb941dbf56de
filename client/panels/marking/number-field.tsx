/** A number typed into a report with its unit, and a day. */
import { Input } from 'antd';
import type { ReactNode } from 'react';
import { FieldRow } from './field-row.tsx';

type FieldProps = {
  field: string;
  title: string;
  value: string;
  change: (value: string) => void;
  previous?: string | undefined;
  hint?: ReactNode;
  required?: boolean;
};

export function NumberField({ value, change, unit, ...row }: FieldProps & { unit: string }) {
  return (
    <FieldRow {...row}>
      {(control) => (
        <Input
          {...control}
          className="mark-number"
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          suffix={unit}
          status={control['aria-invalid'] ? 'error' : ''}
          value={value}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </FieldRow>
  );
}

/** `most`: the latest day that can be chosen. */
export function DayField({ value, change, most, ...row }: FieldProps & { most?: string }) {
  return (
    <FieldRow {...row}>
      {(control) => (
        <input
          {...control}
          type="date"
          className="day-input"
          {...(most === undefined ? {} : { max: most })}
          value={value}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </FieldRow>
  );
}

export function WordsField({
  value,
  change,
  rows = 2,
  most = 1000,
  ...row
}: FieldProps & { rows?: number; most?: number }) {
  return (
    <FieldRow {...row}>
      {(control) => (
        <Input.TextArea
          {...control}
          autoSize={{ minRows: rows, maxRows: 8 }}
          maxLength={most}
          status={control['aria-invalid'] ? 'error' : ''}
          value={value}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </FieldRow>
  );
}

export function LineField({ value, change, most = 100, ...row }: FieldProps & { most?: number }) {
  return (
    <FieldRow {...row}>
      {(control) => (
        <Input
          {...control}
          maxLength={most}
          autoComplete="off"
          status={control['aria-invalid'] ? 'error' : ''}
          value={value}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </FieldRow>
  );
}
