/** 待办 in the top bar: how many sites wait for who has signed in; leads to the list. */
import { useEffect } from 'react';
import type { WorkList } from '../../../geodata/contract/work-list.ts';
import { useAccount } from '../../api/session.ts';
import { useWorkList } from '../../api/work-list.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { useAppState } from '../../state/app-state.ts';
import { beginQueue } from '../review/review-queue.ts';
import { forgetSorted } from '../sort-evidence/sort-queue.ts';
import { forgetWork, useWorkState } from './work-state.ts';

export default function WorkHome() {
  const texts = useWorkTexts();
  const language = useLanguage();
  const account = useAccount();
  const id = account.role === 'anonymous' ? null : account.id;
  const { data } = useWorkList();
  const tab = useAppState((state) => state.tab);
  useEffect(() => {
    if (id === null) return;
    return () => {
      forgetWork();
      forgetSorted();
      beginQueue([]);
    };
  }, [id]);
  // Coming to 矿山修复 is coming to its work.
  useEffect(() => {
    if (tab === 'remediation') useAppState.getState().setPanel('workPanelOpen', true);
  }, [tab]);
  if (data === undefined) return null;
  const count = formatNumber(workCount(data), language);
  const open = () => {
    const { setTab, setPanel } = useAppState.getState();
    setPanel('workPanelOpen', true);
    useWorkState.getState().setView('list');
    setTab('remediation');
  };
  return (
    <button
      type="button"
      className="todo-button not-on-phone"
      aria-label={texts.homeLabel(count)}
      onClick={open}
    >
      {texts.title} <b className="figure">{count}</b>
    </button>
  );
}

/** Sites that wait for this level, not those that wait for others. */
function workCount({ level, items }: WorkList): number {
  if (level !== 'unit') return items.length;
  return items.filter(({ waitsFor }) => waitsFor === 'report' || waitsFor === 'resubmit').length;
}
