/** 待办 in the place of the layers: what waits, the batches made, the workbook. Loaded for who has work. */
import '../../styles/marking.css';
import '../../styles/evidence.css';
import '../../styles/work.css';
import { Segmented, Skeleton } from 'antd';
import { useWorkList } from '../../api/work-list.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { useAppState } from '../../state/app-state.ts';
import { RequestNotice } from '../request-notice.tsx';
import { ChangeSetList } from '../review/change-set-list.tsx';
import { SortView } from '../sort-evidence/sort-view.tsx';
import { WorkbookView } from '../workbook/workbook-view.tsx';
import { WorkListView } from './work-list-view.tsx';
import { useWorkState, type WorkView } from './work-state.ts';

export default function WorkPanel() {
  const texts = useWorkTexts();
  const period = useWorkState((state) => state.period);
  const { data, error, refetch } = useWorkList(period);
  const view = useWorkState((state) => state.view);
  const setView = useWorkState((state) => state.setView);
  const setPanel = useAppState((state) => state.setPanel);
  const present = useWorkList().data?.period ?? null;
  // Workbooks are filled in by those who report.
  const views: WorkView[] =
    data?.level === 'unit' ? ['list', 'workbooks', 'evidence', 'sets'] : ['list', 'evidence', 'sets'];
  const title = texts.titles[data?.level ?? 'unit'];
  return (
    <aside className="work-panel" aria-label={title}>
      <header className="panel-header">
        <h2>{title}</h2>
        <button
          type="button"
          className="link-button not-on-phone"
          onClick={() => setPanel('workPanelOpen', false)}
        >
          {texts.layers}
        </button>
      </header>
      <div className="work-views">
        <Segmented
          block
          aria-label={texts.viewLabel}
          value={view}
          onChange={setView}
          options={views.map((value) => ({ value, label: texts.views[value] }))}
        />
      </div>
      {data === undefined && error && (
        <RequestNotice title={texts.failed} error={error} retry={() => void refetch()} />
      )}
      {data === undefined && !error && (
        <Skeleton active title={false} paragraph={{ rows: 12 }} className="panel-waiting" />
      )}
      {data !== undefined && view === 'list' && <WorkListView list={data} present={present ?? data.period} />}
      {view === 'sets' && <ChangeSetList />}
      {data !== undefined && view === 'evidence' && <SortView period={data.period} />}
      {data !== undefined && view === 'workbooks' && <WorkbookView period={data.period} />}
    </aside>
  );
}
