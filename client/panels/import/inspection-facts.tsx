/** Format, layer, rows, shapes and encoding of a file, with a choice wherever another reading is possible. */
import { Select } from 'antd';
import type { ImportJob, Inspection } from '../../../geodata/contract/imports.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { formatFileSize } from './file-size.ts';
import { useServiceWord } from './screen-words.ts';
import { shapeWord } from './shape-word.ts';

/** Encodings that can be asked for by hand. */
const encodings = ['GB18030', 'UTF-8', 'Big5'];

export type ChoiceProps = {
  job: ImportJob;
  inspection: Inspection;
  disabled: boolean;
  change: (settings: ImportJob['settings']) => void;
};

export function InspectionFacts({ job, inspection, disabled, change }: ChoiceProps) {
  const { inspect: texts } = useTexts().imports;
  const language = useLanguage();
  const word = useServiceWord();
  const rows = formatNumber(inspection.rowCount, language);
  return (
    <dl className="fact-list">
      <div>
        <dt>{texts.file}</dt>
        <dd>
          {inspection.fileName}{' '}
          <span className="quiet figure-left">{formatFileSize(inspection.bytes, language)}</span>
        </dd>
      </div>
      <div>
        <dt>{texts.format}</dt>
        <dd>{texts.formats[inspection.format]}</dd>
      </div>
      <div>
        <dt>{texts.part}</dt>
        <dd>
          {inspection.parts.length > 1 ? (
            <Select
              aria-label={texts.part}
              value={inspection.partProblem === null ? inspection.part : null}
              placeholder={texts.partChoose}
              status={inspection.partProblem === null ? '' : 'warning'}
              disabled={disabled}
              popupMatchSelectWidth={false}
              onChange={(part) => change({ part })}
              options={inspection.parts.map(({ name, rowCount }) => ({
                value: name,
                label: rowCount === null ? name : texts.partWithRows(name, formatNumber(rowCount, language)),
              }))}
            />
          ) : (
            inspection.part
          )}
          {inspection.partProblem && (
            <p className="caution" role="alert">
              {word(inspection.partProblem)}
            </p>
          )}
        </dd>
      </div>
      <div>
        <dt>{texts.rows}</dt>
        <dd className="figure-left">{texts.rowCount(rows)}</dd>
      </div>
      <div>
        <dt>{texts.geometry}</dt>
        <dd>{shapeWord(inspection.geometryType, texts)}</dd>
      </div>
      <div>
        <dt>{texts.encoding}</dt>
        <dd>
          {inspection.encoding === null ? (
            texts.encodingOwn
          ) : (
            <>
              <Select
                aria-label={texts.encoding}
                value={job.settings.encoding || ''}
                disabled={disabled}
                popupMatchSelectWidth={false}
                onChange={(encoding) => change({ encoding })}
                options={[
                  { value: '', label: `${texts.encodingAuto} (${inspection.encoding.name})` },
                  ...encodings.map((name) => ({ value: name, label: name })),
                ]}
              />
              <small className="quiet">{word(inspection.encoding.reason)}</small>
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}
