/** A site of a work list for tests: 施工中, owing its report of September. */
import type { WorkItem } from '../../../../geodata/contract/work-list.ts';

export function workItem(part: Partial<WorkItem> = {}): WorkItem {
  return {
    code: 'CT1',
    name: '画山采石场',
    version: 3,
    unit: { code: '360732', name: '兴国县', nameEn: 'Xingguo County' },
    status: 'in_progress',
    declaredAreaSquareMeters: 21_400,
    progressPercent: 65,
    period: '2025-09',
    reportState: null,
    returnReason: null,
    flags: [],
    waitsFor: 'report',
    isOvertaken: false,
    silentMonths: 0,
    steps: [],
    ...part,
  };
}
