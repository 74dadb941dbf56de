/** Where files are dropped or chosen, several at once; what cannot be sent says so at once. */
import { type DragEvent, type ReactNode, useId, useState } from 'react';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { formatFileSize } from '../import/file-size.ts';
import { acceptedTypes, type EvidenceKind, fileProblem, mostBytes } from './file-problem.ts';

export function FileChoice(props: {
  kind: EvidenceKind;
  label: ReactNode;
  /** What it is for, for those who do not see where it stands. */
  purpose: string;
  className: string;
  add: (files: readonly File[]) => void;
}) {
  const { evidence: texts } = useMarkingTexts();
  const language = useLanguage();
  const inputId = useId();
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<string[]>([]);
  const take = (files: readonly File[]) => {
    const judged = files.map((file) => ({ file, problem: fileProblem(file, props.kind) }));
    setRefused(
      judged.flatMap(({ file, problem }) => {
        if (problem === null) return [];
        const words =
          problem === 'tooLarge'
            ? texts.tooLarge(formatFileSize(mostBytes[props.kind], language))
            : texts[problem];
        return [`${file.name}: ${words}`];
      }),
    );
    const good = judged.filter(({ problem }) => problem === null).map(({ file }) => file);
    if (good.length > 0) props.add(good);
  };
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way; the field inside takes keys and clicks
    <div
      className={`file-drop ${props.className}${over ? ' file-drop-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <input
        id={inputId}
        type="file"
        multiple
        className="file-input"
        accept={acceptedTypes[props.kind]}
        aria-label={props.purpose}
        onChange={(event) => {
          take([...(event.target.files ?? [])]);
          // The same file can be chosen again after it failed.
          event.target.value = '';
        }}
      />
      <label htmlFor={inputId} className="file-drop-label" aria-hidden="true">
        {props.label}
      </label>
      {refused.map((words) => (
        <p key={words} className="mark-problem" role="alert">
          {words}
        </p>
      ))}
    </div>
  );
}
