/** Rows of one layer: sorted by a click on a heading, moved in by arrow keys, only those in sight drawn. */

import { useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Skeleton } from 'antd';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { fetchFeature } from '../../api/feature.ts';
import type { FeatureRow } from '../../api/feature-rows.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { pastDayOf } from '../../state/past-day.ts';
import { showFeature } from '../show-feature.ts';
import { GridHead } from './grid-head.tsx';
import { GridRow } from './grid-row.tsx';
import { columnWidth, type Sort, sortRows, tableColumns } from './table-rows.ts';

const ROW_HEIGHT = 32;

export function FeatureGrid(props: { layer: CatalogueLayer; rows: FeatureRow[]; loading: boolean }) {
  const { definition } = props.layer;
  const { table: texts } = useTexts();
  const language = useLanguage();
  const [sort, setSort] = useState<Sort | null>(null);
  const [focused, setFocused] = useState(0);
  const scroll = useRef<HTMLDivElement>(null);
  const selectedCode = useAppState(({ selection }) =>
    selection?.layerId === definition.id ? selection.code : null,
  );
  const goToFeature = useFeatureShowing(props.layer);
  const columns = useMemo(() => tableColumns(definition), [definition]);
  const widths = columns.map((field) => columnWidth(field, field.name === definition.titleField));
  const template = widths.map((width) => `minmax(${width}px, ${width}fr)`).join(' ');
  const minWidth = widths.reduce((sum, width) => sum + width, 0);
  const rows = useMemo(() => {
    const field = columns.find(({ name }) => name === sort?.field);
    return sortRows(props.rows, field, sort?.descending ?? false, language);
  }, [props.rows, columns, sort, language]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const selectedIndex = selectedCode === null ? -1 : rows.findIndex(({ code }) => code === selectedCode);
  useEffect(() => {
    if (selectedIndex < 0) return;
    setFocused(selectedIndex);
    virtual.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtual]);

  const focusRow = (index: number) => {
    const target = Math.min(rows.length - 1, Math.max(0, index));
    setFocused(target);
    virtual.scrollToIndex(target, { align: 'auto' });
    requestAnimationFrame(() =>
      scroll.current?.querySelector<HTMLElement>(`[data-index="${target}"]`)?.focus({ preventScroll: true }),
    );
  };
  const pressed = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const steps: Record<string, number> = {
      ArrowDown: focused + 1,
      ArrowUp: focused - 1,
      PageDown: focused + page,
      PageUp: focused - page,
      Home: 0,
      End: rows.length - 1,
    };
    const target = steps[event.key];
    const row = rows[focused];
    if (target !== undefined) {
      event.preventDefault();
      focusRow(target);
    } else if ((event.key === 'Enter' || event.key === ' ') && row) {
      event.preventDefault();
      void goToFeature(row.code);
    }
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are drawn where they scroll to, which table elements cannot
    <div
      className="grid"
      ref={scroll}
      role="grid"
      aria-label={texts.title}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      tabIndex={rows.length === 0 ? 0 : -1}
    >
      <GridHead columns={columns} template={template} minWidth={minWidth} sort={sort} changeSort={setSort} />
      {props.loading && <Skeleton active title={false} paragraph={{ rows: 6 }} className="grid-note" />}
      {!props.loading && rows.length === 0 && <p className="grid-note quiet">{texts.empty}</p>}
      {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn where they scroll to, which table elements cannot */}
      <div
        role="rowgroup"
        className="grid-body"
        style={{ height: virtual.getTotalSize(), minWidth }}
        onKeyDown={pressed}
      >
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <GridRow
                key={row.code}
                row={row}
                columns={columns}
                template={template}
                index={index}
                top={start}
                selected={row.code === selectedCode}
                focusable={index === Math.min(focused, rows.length - 1)}
                choose={() => {
                  setFocused(index);
                  void goToFeature(row.code);
                }}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

/** Selects a feature and moves the map to it as soon as its place is known. */
function useFeatureShowing(layer: CatalogueLayer): (code: string) => Promise<void> {
  const client = useQueryClient();
  const layerId = layer.definition.id;
  return async (code) => {
    showFeature(layer, code);
    const key = { layerId, code };
    const asOf = pastDayOf(layer.definition, useAppState.getState().asOf);
    const feature = await client
      .fetchQuery({
        queryKey: ['feature', layerId, code, asOf],
        queryFn: ({ signal }) => fetchFeature(key, asOf, signal),
      })
      .catch(() => null);
    const { selection, requestView } = useAppState.getState();
    if (feature?.extent && selection?.layerId === layerId && selection.code === code) {
      requestView({ extent: feature.extent });
    }
  };
}
