/** Rejected or repaired rows: number, code and reason; only those in sight are drawn, however many there are. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { RowProblem } from '../../../geodata/contract/imports.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { useServiceWord } from './screen-words.ts';

const LINE_HEIGHT = 32;
const MOST_HEIGHT = 288;

export function RowList(props: {
  title: string;
  rows: readonly RowProblem[];
  reasonTitle: string;
  /** How many there are; more than listed where the list was cut. */
  count: number;
  listAll: (() => void) | null;
}) {
  const { confirm: texts } = useTexts().imports;
  const language = useLanguage();
  const word = useServiceWord();
  const scroll = useRef<HTMLDivElement>(null);
  const { rows } = props;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 10,
  });
  if (rows.length === 0) return null;
  return (
    <section className="row-list" aria-label={props.title}>
      <h3>{props.title}</h3>
      <div className="row-list-head row-line" aria-hidden="true">
        <span className="figure">{texts.row}</span>
        <span>{texts.code}</span>
        <span>{props.reasonTitle}</span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn where they scroll to, which table elements cannot */}
      <div
        ref={scroll}
        role="list"
        aria-label={props.title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keys
        tabIndex={0}
        className="row-list-scroll"
        style={{ maxHeight: MOST_HEIGHT }}
      >
        <div role="presentation" style={{ position: 'relative', height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const row = rows[index];
            return (
              row && (
                // biome-ignore lint/a11y/useSemanticElements: see above
                <div
                  key={key}
                  ref={virtual.measureElement}
                  role="listitem"
                  aria-posinset={index + 1}
                  aria-setsize={rows.length}
                  data-index={index}
                  className="row-line"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <span className="figure">{formatNumber(row.row, language)}</span>
                  <span className="row-code">{row.code ?? '—'}</span>
                  <span>{word(row.reason)}</span>
                </div>
              )
            );
          })}
        </div>
      </div>
      {props.count > rows.length && (
        <p className="quiet">
          {texts.moreRows(formatNumber(rows.length, language), formatNumber(props.count, language))}{' '}
          {props.listAll && (
            <button type="button" className="link-button" onClick={props.listAll}>
              {texts.loadAll}
            </button>
          )}
        </p>
      )}
    </section>
  );
}
