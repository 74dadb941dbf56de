/** Files whose name names no site, or two: each is given one here. */
import { useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { explainFailure } from '../explain-failure.ts';
import { type SiteOption, useSiteOptions } from './site-choice.ts';
import { giveSite, type UnmatchedFile } from './sort-queue.ts';

export function UnmatchedList({ unmatched }: { unmatched: readonly UnmatchedFile[] }) {
  const options = useSiteOptions({ enabled: unmatched.length > 0 });
  if (unmatched.length === 0) return null;
  return (
    <ul className="upload-list">
      {unmatched.map((file) => (
        <UnmatchedRow key={file.token} file={file} options={options} />
      ))}
    </ul>
  );
}

function UnmatchedRow({ file, options }: { file: UnmatchedFile; options: SiteOption[] }) {
  const texts = useTexts();
  const { sort } = useWorkTexts();
  const client = useQueryClient();
  const [giving, setGiving] = useState(false);
  const { token, fileName, siteCode, error } = file;
  const name = (code: string) => options.find(({ value }) => value === code)?.label ?? code;
  const failure = error === null ? null : explainFailure(error, texts);
  const give = async (code: string) => {
    setGiving(true);
    await giveSite(client, token, code);
    setGiving(false);
  };
  return (
    <li>
      <span className="upload-name" title={fileName}>
        {fileName}
      </span>
      {siteCode === null ? (
        <Select
          className="sort-site"
          aria-label={sort.siteOf(fileName)}
          placeholder={sort.chooseSite}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          loading={giving}
          disabled={giving}
          value={null}
          options={options}
          onChange={(code: string | null) => {
            if (code !== null) void give(code);
          }}
        />
      ) : (
        <p role="status">{sort.stored(name(siteCode))}</p>
      )}
      {failure !== null && (
        <p className="mark-problem" role="alert">
          {failure.what} {failure.todo !== failure.what && failure.todo}
        </p>
      )}
    </li>
  );
}
