/** What the list is narrowed to; only choices that occur are offered, each with its count. */
import { Input, Select } from 'antd';
import { useMemo } from 'react';
import type { WorkList } from '../../../geodata/contract/work-list.ts';
import { phaseIds, phases, statuses } from '../../../geodata/domain/workflow.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useWord } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { countsBy, kindOf, workKinds } from './work-filter.ts';
import { useWorkState } from './work-state.ts';

const ALL = '';

export function WorkFilters({ list }: { list: WorkList }) {
  const { filter: texts } = useWorkTexts();
  const language = useLanguage();
  const word = useWord();
  const filter = useWorkState((state) => state.filter);
  const setFilter = useWorkState((state) => state.setFilter);
  const { items, level } = list;
  const kinds = useMemo(() => countsBy(items, workKinds, (item) => kindOf(item, level)), [items, level]);
  const byPhase = useMemo(() => countsBy(items, phaseIds, ({ status }) => statuses[status].phase), [items]);
  const units = useMemo(() => {
    const known = new Map(items.map(({ unit }) => [unit.code, unit]));
    const codes = [...known.keys()].sort();
    return countsBy(items, codes, ({ unit }) => unit.code).map(({ value, count }) => {
      const unit = known.get(value);
      return { value, count, name: (language === 'zh-CN' ? unit?.name : unit?.nameEn) ?? value };
    });
  }, [items, language]);
  const option = (value: string, title: string, count: number) => ({
    value,
    label: `${title} ${formatNumber(count, language)}`,
  });
  return (
    <div className="work-filters">
      <Input
        allowClear
        aria-label={texts.search}
        placeholder={texts.search}
        maxLength={60}
        value={filter.text}
        onChange={(event) => setFilter({ text: event.target.value })}
      />
      {kinds.length > 1 && (
        <Choice
          label={texts.kind}
          value={filter.kind}
          options={kinds.map(({ value, count }) => option(value, texts.kinds[value], count))}
          choose={(value) => setFilter({ kind: kinds.find((kind) => kind.value === value)?.value ?? null })}
        />
      )}
      {byPhase.length > 1 && (
        <Choice
          label={texts.phase}
          value={filter.phase}
          options={byPhase.map(({ value, count }) => option(value, word(phases[value].title), count))}
          choose={(value) =>
            setFilter({ phase: byPhase.find((each) => each.value === value)?.value ?? null })
          }
        />
      )}
      {units.length > 1 && (
        <Choice
          label={texts.unit}
          value={filter.unit}
          options={units.map(({ value, count, name }) => option(value, name, count))}
          choose={(unit) => setFilter({ unit })}
        />
      )}
    </div>
  );
}

function Choice(props: {
  label: string;
  value: string | null;
  options: { value: string; label: string }[];
  choose: (value: string | null) => void;
}) {
  const { filter: texts } = useWorkTexts();
  return (
    <Select
      aria-label={props.label}
      value={props.value ?? ALL}
      popupMatchSelectWidth={false}
      onChange={(value) => props.choose(value === ALL ? null : value)}
      options={[{ value: ALL, label: `${props.label}: ${texts.all}` }, ...props.options]}
    />
  );
}
