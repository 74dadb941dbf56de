/** One row of the attribute table. */
import type { LayerField } from '../../../geodata/catalogue/layer-definition.ts';
import type { FeatureRow } from '../../api/feature-rows.ts';
import { formatFieldValue } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/text.ts';
import { COUNTY_FIELD } from '../feature/feature-fields.ts';
import { useCountyName } from '../loaded-catalogue.ts';
import { isNumeric } from './table-rows.ts';

export function GridRow(props: {
  row: FeatureRow;
  columns: LayerField[];
  template: string;
  index: number;
  /** Distance from the top of the body in pixels. */
  top: number;
  selected: boolean;
  focusable: boolean;
  choose: () => void;
}) {
  const language = useLanguage();
  const countyName = useCountyName();
  const read = (field: LayerField) => {
    const value = props.row.properties[field.name];
    return field.name === COUNTY_FIELD && typeof value === 'string'
      ? countyName(value)
      : formatFieldValue(field, value, language);
  };
  return (
    // biome-ignore lint/a11y: the body of the grid takes the keys of the focused row
    <div
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={props.selected}
      tabIndex={props.focusable ? 0 : -1}
      data-index={props.index}
      className="grid-row grid-row-data"
      style={{ gridTemplateColumns: props.template, transform: `translateY(${props.top}px)` }}
      onClick={props.choose}
    >
      {props.columns.map((field) => {
        const text = read(field);
        return (
          // biome-ignore lint/a11y: cells are read, the row takes the focus
          <div
            key={field.name}
            role="gridcell"
            className={isNumeric(field) ? 'grid-cell grid-cell-figure figure' : 'grid-cell'}
            title={text}
          >
            {text}
          </div>
        );
      })}
    </div>
  );
}
