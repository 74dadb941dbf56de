/** The list itself: how far the month is, filters, the sites, and what can be done to those selected. */
import { Button, Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import type { WorkItem, WorkList } from '../../../geodata/contract/work-list.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { SetBar } from '../review/set-bar.tsx';
import { SetForm } from '../review/set-form.tsx';
import { type SetTask, taskKey } from '../review/set-task.ts';
import { useWindowWidth } from '../window-width.ts';
import { reportsToReview, startReview } from './open-work.ts';
import { filterWork, isFiltering, noFilter } from './work-filter.ts';
import { WorkFilters } from './work-filters.tsx';
import { WorkHead } from './work-head.tsx';
import { WorkRow } from './work-row.tsx';
import { useWorkState } from './work-state.ts';

const ROWS_AT_FIRST = 60;

/** `present`: the month that owes an answer now. */
export function WorkListView({ list, present }: { list: WorkList; present: string }) {
  const texts = useWorkTexts();
  const filter = useWorkState((state) => state.filter);
  const setFilter = useWorkState((state) => state.setFilter);
  const chosen = useWorkState((state) => state.chosen);
  const items = useMemo(() => filterWork(list.items, filter, list.level), [list, filter]);
  const picked = useMemo(() => list.items.filter(({ code }) => chosen.has(code)), [list, chosen]);
  const [ordered, setOrdered] = useState<{ task: SetTask; items: readonly WorkItem[] } | null>(null);
  return (
    <>
      <WorkHead list={list} present={present} />
      {list.items.length > 0 && <WorkFilters list={list} />}
      {items.length > 0 && <ListTools items={items} level={list.level} />}
      <div className="work-scroll">
        {list.items.length === 0 && (
          <p className="work-empty">{list.level === 'unit' ? texts.nothing : texts.nothingToReview}</p>
        )}
        {list.items.length > 0 && items.length === 0 && (
          <p className="work-empty">
            {texts.noneFound}{' '}
            <button type="button" className="link-button" onClick={() => setFilter(noFilter)}>
              {texts.filter.clear}
            </button>
          </p>
        )}
        <Rows key={isFiltering(filter) ? 'filtered' : 'all'} items={items} level={list.level} />
      </div>
      {picked.length > 0 && (
        <SetBar items={picked} list={list} open={(task) => setOrdered({ task, items: picked })} />
      )}
      {ordered !== null && (
        <SetForm
          key={taskKey(ordered.task)}
          task={ordered.task}
          items={ordered.items}
          list={list}
          close={() => setOrdered(null)}
        />
      )}
    </>
  );
}

function Rows({ items, level }: { items: readonly WorkItem[]; level: WorkList['level'] }) {
  const { item: texts } = useWorkTexts();
  const language = useLanguage();
  const [whole, setWhole] = useState(false);
  const shown = whole ? items : items.slice(0, ROWS_AT_FIRST);
  const reports = useMemo(() => reportsToReview(items), [items]);
  return (
    <>
      <ul className="work-rows">
        {shown.map((item) => (
          <WorkRow key={item.code} item={item} level={level} reports={reports} />
        ))}
      </ul>
      {shown.length < items.length && (
        <p className="work-empty">
          {texts.more(formatNumber(shown.length, language), formatNumber(items.length, language))}{' '}
          <button type="button" className="link-button" onClick={() => setWhole(true)}>
            {texts.showAll}
          </button>
        </p>
      )}
    </>
  );
}

/** Selecting all that the filter leaves; going through the reports one by one. */
function ListTools({ items, level }: { items: readonly WorkItem[]; level: WorkList['level'] }) {
  const { item: texts, queue } = useWorkTexts();
  const language = useLanguage();
  const phone = useWindowWidth() === 'phone';
  const { chosen, choosing, choose, setChoosing, clearChosen } = useWorkState();
  const codes = items.map(({ code }) => code);
  const chosenHere = codes.filter((code) => chosen.has(code)).length;
  const reports = reportsToReview(items);
  const first = reports[0];
  return (
    <div className="work-tools">
      {phone && !choosing ? (
        <button type="button" className="link-button" onClick={() => setChoosing(true)}>
          {texts.choose}
        </button>
      ) : (
        <Checkbox
          checked={chosenHere === codes.length}
          indeterminate={chosenHere > 0 && chosenHere < codes.length}
          onChange={({ target }) => choose(codes, target.checked)}
        >
          {texts.selectAll(formatNumber(codes.length, language))}
        </Checkbox>
      )}
      {(chosen.size > 0 || (phone && choosing)) && (
        <button type="button" className="link-button" onClick={clearChosen}>
          {texts.clearChosen}
        </button>
      )}
      {level !== 'unit' && first !== undefined && (
        <Button size={phone ? 'large' : 'small'} onClick={() => startReview(first, reports)}>
          {queue.start(formatNumber(reports.length, language))}
        </Button>
      )}
    </div>
  );
}
