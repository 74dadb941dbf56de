/** One line a field of the layer: the column that feeds it, and what stands in that column. */
import { Select } from 'antd';
import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import type { Inspection } from '../../../geodata/contract/imports.ts';
import { requiredFieldsOf } from '../../../geodata/domain/required-fields.ts';
import { importableFields } from '../../../geodata/domain/suggest-columns.ts';
import { fieldUnitWord } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { type Mapping, sampleValues, suggestedMapping } from './field-mapping.ts';

/** Stands for no column in the list of choices; no column is called so. */
const NONE = '';

export function MappingTable(props: {
  definition: LayerDefinition;
  inspection: Inspection;
  mapping: Mapping;
  change: (mapping: Mapping) => void;
}) {
  const { imports } = useTexts();
  const texts = imports.map;
  const language = useLanguage();
  const word = useWord();
  const { definition, inspection, mapping, change } = props;
  const required = requiredFieldsOf(definition.id);
  const suggested = suggestedMapping(definition, inspection);
  return (
    <div className="dense-scroll mapping-scroll">
      <table className="dense-table mapping-table">
        <thead>
          <tr>
            <th scope="col">{texts.field}</th>
            <th scope="col">{texts.column}</th>
            <th scope="col">{texts.values}</th>
          </tr>
        </thead>
        <tbody>
          {importableFields(definition).map((field) => {
            const { name } = field;
            const column = mapping[name] ?? null;
            const unit = fieldUnitWord(field, language);
            const isMissing = required.includes(name) && column === null;
            return (
              <tr key={name} className={isMissing ? 'mapping-missing' : undefined}>
                <th scope="row">
                  {word(field.title)}
                  {unit !== '' && <span className="quiet"> ({unit})</span>}
                  {required.includes(name) && <small className="required-mark">{imports.required}</small>}
                </th>
                <td>
                  <Select
                    size="small"
                    aria-label={`${word(field.title)}: ${texts.column}`}
                    className="column-select"
                    status={isMissing ? 'error' : ''}
                    value={column ?? NONE}
                    showSearch
                    popupMatchSelectWidth={false}
                    onChange={(value: string) =>
                      change({ ...mapping, [name]: value === NONE ? null : value })
                    }
                    options={[
                      { value: NONE, label: texts.none },
                      ...inspection.columns.map((value) => ({ value, label: value })),
                    ]}
                  />
                  {column !== null && column === suggested[name] && (
                    <small className="quiet suggested-mark">{texts.suggestedMark}</small>
                  )}
                </td>
                <td className="sample-values">
                  {sampleValues(inspection, column).map((value) => (
                    <span key={value ?? NONE} className={value === null ? 'quiet' : undefined}>
                      {value ?? texts.emptyValue}
                    </span>
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
