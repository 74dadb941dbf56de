/** Headings of the attribute table, each a button that sorts by its column. */
import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons';
import type { LayerField } from '../../../geodata/catalogue/layer-definition.ts';
import { fieldUnitWord } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { fieldTitle } from '../feature/feature-fields.ts';
import { isNumeric, nextSort, type Sort } from './table-rows.ts';

export function GridHead(props: {
  columns: LayerField[];
  template: string;
  minWidth: number;
  sort: Sort | null;
  changeSort: (sort: Sort | null) => void;
}) {
  const { table: texts } = useTexts();
  const language = useLanguage();
  return (
    // biome-ignore lint/a11y/useSemanticElements: see feature-grid.tsx
    <div role="rowgroup" className="grid-head" style={{ minWidth: props.minWidth }}>
      {/* biome-ignore lint/a11y: a row of headings takes no focus of its own */}
      <div role="row" aria-rowindex={1} className="grid-row" style={{ gridTemplateColumns: props.template }}>
        {props.columns.map((field) => {
          const title = fieldTitle(field, language);
          const unit = fieldUnitWord(field, language);
          const sorted = props.sort?.field === field.name ? props.sort : null;
          return (
            // biome-ignore lint/a11y: the button inside takes the focus
            <div
              key={field.name}
              role="columnheader"
              aria-sort={sorted === null ? 'none' : sorted.descending ? 'descending' : 'ascending'}
              className={isNumeric(field) ? 'grid-cell grid-cell-figure' : 'grid-cell'}
            >
              <button
                type="button"
                title={texts.sortBy(title)}
                onClick={() => props.changeSort(nextSort(props.sort, field.name))}
              >
                {title}
                {unit !== '' && <small>({unit})</small>}
                {sorted && (sorted.descending ? <CaretDownOutlined /> : <CaretUpOutlined />)}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}
