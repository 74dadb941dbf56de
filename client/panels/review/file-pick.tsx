/** A button that chooses one file, in the words of the page rather than of the browser. */
import { UploadOutlined } from '@ant-design/icons';
import type { ControlProps } from '../marking/field-row.tsx';

export function FilePick(props: {
  title: string;
  /** Extensions and media types, as in the attribute. */
  accept: string;
  disabled: boolean;
  /** Where a field has a label of its own. */
  control?: ControlProps;
  take: (file: File) => void;
}) {
  return (
    <span className={props.disabled ? 'file-pick file-pick-off' : 'file-pick'}>
      <UploadOutlined aria-hidden="true" />
      <span aria-hidden="true">{props.title}</span>
      <input
        {...props.control}
        type="file"
        {...(props.control === undefined ? { 'aria-label': props.title } : {})}
        accept={props.accept}
        disabled={props.disabled}
        onChange={({ target }) => {
          const file = target.files?.[0];
          // The same file can be chosen again once it has been put right.
          target.value = '';
          if (file !== undefined) props.take(file);
        }}
      />
    </span>
  );
}
