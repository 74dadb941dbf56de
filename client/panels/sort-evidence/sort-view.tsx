/** 材料: a folder, many files or a zip, each for the site its name tells; the rest is given a site by hand. */
import '../../styles/evidence.css';
import { useQueryClient } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { type DragEvent, useState } from 'react';
import { evidenceLimits, momentIds } from '../../../geodata/contract/attachments.ts';
import type { Moment } from '../../api/attachments.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { mostBytes } from '../evidence/file-problem.ts';
import { formatFileSize } from '../import/file-size.ts';
import { readMonth } from '../marking/field-words.ts';
import { FilesPick } from './files-pick.tsx';
import { addSortedFiles, clearSorted, useSortQueue } from './sort-queue.ts';
import { isMeant, sortProblem } from './sorted-file.ts';
import { SortedFileList } from './sorted-file-list.tsx';
import { UnmatchedList } from './unmatched-list.tsx';

export function SortView({ period }: { period: string }) {
  const { sort: texts } = useWorkTexts();
  const { evidence } = useMarkingTexts();
  const language = useLanguage();
  const client = useQueryClient();
  const [moment, setMoment] = useState<Moment>('during');
  const [refused, setRefused] = useState<string[]>([]);
  const { files, unmatched } = useSortQueue();
  const open = unmatched.filter(({ siteCode }) => siteCode === null).length;
  const isDone = files.some(({ state }) => state.phase === 'done');
  const take = (chosen: readonly File[]) => {
    const judged = chosen.filter(isMeant).map((file) => ({ file, problem: sortProblem(file) }));
    setRefused(
      judged.flatMap(({ file, problem }) => {
        if (problem === null) return [];
        const most = /\.zip$/i.test(file.name) ? evidenceLimits.totalBytes : mostBytes.document;
        const words =
          problem === 'tooLarge'
            ? evidence.tooLarge(formatFileSize(most, language))
            : texts.problems[problem];
        return [`${file.name}: ${words}`];
      }),
    );
    const good = judged.filter(({ problem }) => problem === null).map(({ file }) => file);
    if (good.length > 0) addSortedFiles(client, good, { moment, period });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    take([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way; the fields inside take keys and clicks
    <div
      className="work-scroll workbook-view sort-view"
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <p className="quiet">{texts.intro(readMonth(period, language))}</p>
      <Segmented
        aria-label={evidence.momentLabel}
        value={moment}
        onChange={setMoment}
        options={momentIds.map((value) => ({ value, label: evidence.moments[value] }))}
      />
      <div className="workbook-line">
        <FilesPick title={texts.chooseFiles} take={take} />
        <FilesPick title={texts.chooseFolder} folder take={take} />
      </div>
      <p className="quiet">{texts.formats}</p>
      {refused.map((words) => (
        <p key={words} className="mark-problem" role="alert">
          {words}
        </p>
      ))}
      {open > 0 && (
        <p role="status">
          <strong>{texts.unmatched(formatNumber(open, language))}</strong>
        </p>
      )}
      <UnmatchedList unmatched={unmatched} />
      <SortedFileList files={files} />
      {isDone && (
        <button type="button" className="link-button sort-clear" onClick={clearSorted}>
          {texts.clear}
        </button>
      )}
    </div>
  );
}
