/** A site in works as the service answers it, for tests of the screens about sites. */
import type { Attachment } from '../../../../geodata/contract/attachments.ts';
import type { MineSite, Report } from '../../../../geodata/contract/marking.ts';

export function aSite(part: Partial<MineSite> = {}, state: Partial<MineSite['state']> = {}): MineSite {
  return {
    code: 'CT0001',
    name: '画山采石场',
    version: 5,
    dataKind: 'sample',
    reportingUnit: { code: '360732', name: '兴国县', nameEn: 'Xingguo County' },
    liability: '历史遗留',
    declaredAreaSquareMeters: 21_400,
    measuredAreaSquareMeters: 21_000,
    state: {
      status: 'in_progress',
      statusOn: '2025-03-01',
      progressPercent: 65,
      treatedAreaSquareMeters: 12_000,
      acceptedAreaSquareMeters: null,
      startedOn: '2025-03-01',
      completedOn: null,
      acceptedOn: null,
      aftercareUntil: null,
      recognitionNumber: null,
      approvalNumber: null,
      acceptanceDocument: null,
      closingNumber: null,
      handoverNumber: null,
      ...state,
    },
    patches: ['CT0001001', 'CT0001002'].map((code) => ({
      code,
      kind: '露天采场',
      declaredAreaSquareMeters: 10_700,
      measuredAreaSquareMeters: 10_500,
      treatedAreaSquareMeters: 6_000,
    })),
    workDay: '2025-09-30',
    period: '2025-09',
    owes: 'month',
    report: null,
    previous: null,
    actions: [],
    ...part,
  };
}

export function aReport(part: Partial<Report> = {}): Report {
  return {
    period: '2025-09',
    state: 'submitted',
    round: 1,
    effectiveOn: '2025-09-28',
    answer: { progressPercent: 70 },
    flags: [],
    submittedBy: '兴国 张某',
    submittedAt: '2025-09-28T10:00:00+08:00',
    openedAt: null,
    countyReviewedBy: null,
    countyReviewedAt: null,
    cityReviewedBy: null,
    cityReviewedAt: null,
    returnedByLevel: null,
    returnReason: null,
    ...part,
  };
}

export function anAttachment(part: Partial<Attachment> = {}): Attachment {
  return {
    id: '1',
    siteCode: 'CT0001',
    kind: 'photo',
    moment: 'during',
    purpose: null,
    fileName: 'a.jpg',
    sha256: '0'.repeat(64),
    byteSize: 1000,
    mediaType: 'image/jpeg',
    width: 100,
    height: 80,
    takenAt: null,
    position: null,
    checks: [],
    period: '2025-09',
    uploadedBy: '兴国 张某',
    uploadedAt: '2025-09-28T10:00:00+08:00',
    withdrawnAt: null,
    ...part,
  };
}
