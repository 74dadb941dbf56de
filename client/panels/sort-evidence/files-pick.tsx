/** A button that chooses several files, or a folder with all there is in it. */
import { FolderOpenOutlined, UploadOutlined } from '@ant-design/icons';

export function FilesPick(props: { title: string; folder?: boolean; take: (files: File[]) => void }) {
  return (
    <span className="file-pick">
      {props.folder ? <FolderOpenOutlined aria-hidden="true" /> : <UploadOutlined aria-hidden="true" />}
      <span aria-hidden="true">{props.title}</span>
      <input
        type="file"
        multiple
        aria-label={props.title}
        {...(props.folder ? { webkitdirectory: '' } : {})}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // The same can be chosen again.
          target.value = '';
          if (files.length > 0) props.take(files);
        }}
      />
    </span>
  );
}
