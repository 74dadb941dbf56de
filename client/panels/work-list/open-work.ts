/** From the work list to a site and its forms: beside the map at a desk, over the list on the phone. */
import type { WorkItem } from '../../../geodata/contract/work-list.ts';
import { type SiteTask, useAppState } from '../../state/app-state.ts';
import { beginQueue, type QueuedReport } from '../review/review-queue.ts';
import { openSite, openTask } from '../site/open-site.ts';
import { windowWidth } from '../window-width.ts';

/** The site on the map with its panel. */
export function showSite(code: string): void {
  if (windowWidth() === 'phone') {
    const { setTab, setPanel } = useAppState.getState();
    setTab('map');
    setPanel('layerPanelOpen', false);
    setPanel('contextPanelOpen', false);
  }
  openSite(code);
}

/** The form over the list; at a desk the map shows the site meanwhile. */
export function startTask(task: SiteTask): void {
  if (windowWidth() === 'wide') openSite(task.code);
  openTask(task);
}

/** Opens a report for review as one of those of the list. */
export function startReview(report: QueuedReport, all: readonly QueuedReport[]): void {
  beginQueue(all);
  openReport(report);
}

export function openReport({ code, period }: QueuedReport): void {
  startTask({ code, do: 'review', period });
}

/** Reports of the list that wait for who looks at it as a reviewer. */
export function reportsToReview(items: readonly WorkItem[]): QueuedReport[] {
  return items
    .filter(({ waitsFor }) => waitsFor === 'county_review' || waitsFor === 'city_review')
    .map(({ code, period }) => ({ code, period }));
}
