/** What applying a workbook would do: errors at their cells, else each site with what is before and after. */
import { Button } from 'antd';
import type { ChangeSet } from '../../../geodata/contract/change-sets.ts';
import type { WorkbookPreview, WorkbookRow } from '../../../geodata/contract/workbooks.ts';
import { describeWarning } from '../../../geodata/domain/answer-warnings.ts';
import { setRefusalOf } from '../../api/change-sets.ts';
import { useApplyWorkbook } from '../../api/workbooks.ts';
import { formatDateShort, formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useWord } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { fieldTitle, readMonth, readValue } from '../marking/field-words.ts';
import { SendFailure } from '../marking/send-failure.tsx';

export function WorkbookPreviewPart(props: {
  preview: WorkbookPreview;
  applied: (changeSet: ChangeSet) => void;
}) {
  const { workbook: texts } = useWorkTexts();
  const language = useLanguage();
  const apply = useApplyWorkbook();
  const { token, unit, period, rows, problems, rowCount, filledCount } = props.preview;
  const number = (value: number) => formatNumber(value, language);
  const refused = setRefusalOf(apply.error)?.sites ?? [];
  return (
    <section className="workbook-preview" aria-label={texts.result}>
      <h3>{texts.about(language === 'zh-CN' ? unit.name : unit.nameEn, readMonth(period, language))}</h3>
      <p className="quiet" role="status">
        {texts.rows(number(rowCount), number(filledCount))}
      </p>
      {problems.length > 0 && <Problems problems={problems} />}
      {problems.length === 0 && rows.length === 0 && <p>{texts.noChange}</p>}
      {rows.length > 0 && (
        <>
          <h3>{texts.differences(number(rows.length))}</h3>
          <ul className="workbook-rows">
            {rows.map((row) => (
              <RowDifference key={row.row} row={row} />
            ))}
          </ul>
        </>
      )}
      <SendFailure error={apply.error} />
      {refused.length > 0 && (
        <div className="set-in-the-way">
          <p>{texts.inTheWay}</p>
          <ul>
            {refused.map(({ code, name, title }) => (
              <li key={code}>
                {name} <span className="quiet">{language === 'zh-CN' ? title.zh : title.en}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {token !== null && (
        <Button
          type="primary"
          size="large"
          loading={apply.isPending}
          disabled={apply.isError}
          onClick={() => apply.mutate(token, { onSuccess: props.applied })}
        >
          {apply.isPending ? texts.applying : texts.apply(number(rows.length))}
        </Button>
      )}
    </section>
  );
}

function Problems({ problems }: { problems: WorkbookPreview['problems'] }) {
  const { workbook: texts } = useWorkTexts();
  const language = useLanguage();
  const word = useWord();
  return (
    <div className="workbook-problems" role="alert">
      <strong>{texts.problems(formatNumber(problems.length, language))}</strong>
      <p>{texts.problemsHint}</p>
      <ul>
        {problems.map(({ row, column, title }) => (
          <li key={`${row}/${column}/${title.zh}`}>
            <b className="cell-mark">
              {column}
              {row}
            </b>
            <span>{word(title)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function RowDifference({ row }: { row: WorkbookRow }) {
  const { workbook: texts } = useWorkTexts();
  const marking = useMarkingTexts();
  const language = useLanguage();
  const word = useWord();
  const reading = { texts: marking, language };
  return (
    <li>
      <p>
        <span className="quiet">{texts.place(String(row.row))}</span> <strong>{row.name}</strong>{' '}
        <span className="quiet">
          {row.code} · {texts.effectiveOn(formatDateShort(row.effectiveOn))}
        </span>
      </p>
      <table className="workbook-changes">
        <thead>
          <tr>
            <th scope="col">{texts.field}</th>
            <th scope="col">{texts.before}</th>
            <th scope="col">{texts.after}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(row.changes).map(([path, [before, after]]) => (
            <tr key={path}>
              <th scope="row">{fieldTitle(path, marking)}</th>
              <td>{readValue(path, before, reading)}</td>
              <td>{readValue(path, after, reading)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {row.warnings.map((warning) => (
        <p key={warning.id} className="work-line-flagged">
          {word(describeWarning(warning))}
          {warning.reason !== undefined && ` · ${warning.reason}`}
        </p>
      ))}
    </li>
  );
}
