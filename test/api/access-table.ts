/**
 * Who may ask which route, as a table to read: every route of the app stands here once, else access.test.ts fails. A new
 * route = one entry: the request to send, and who is let in. "Let in" means any answer but 401 and 403.
 */
import type { RoleId } from '../../geodata/contract/session.ts';

/** `own` and `other`: an account whose scope has 兴国县 (360732), and one whose scope has 宁都县 (360730) only. */
export type Who = 'anonymous' | RoleId | `${'editor' | 'county_reviewer'} of another county`;

export const everyone: readonly Who[] = [
  'anonymous',
  'viewer',
  'editor',
  'editor of another county',
  'county_reviewer',
  'county_reviewer of another county',
  'city_reviewer',
  'administrator',
  'auditor',
];
export const signedIn: readonly Who[] = everyone.filter((who) => who !== 'anonymous');

const editors: readonly Who[] = ['editor', 'editor of another county'];
const evidenceSenders: readonly Who[] = [
  'editor',
  'editor of another county',
  'county_reviewer',
  'county_reviewer of another county',
  'city_reviewer',
];

export type RouteAccess = {
  /** Those who are let in. */
  mayAsk: readonly Who[];
  /** Path of a request that is answered where it is let in, below the address of the service; the pattern itself else. */
  path?: string;
  /** JSON body of that request. */
  body?: unknown;
  /** Headers of that request besides those of the account. */
  headers?: Record<string, string>;
  /**
   * About the layer `permanent_basic_farmland`, which nobody may read without an account whatever it holds: the table
   * sends the request about that layer.
   */
  isAboutLayer?: true;
};

const administrators = { mayAsk: ['administrator'] } as const satisfies RouteAccess;
const anyone = { mayAsk: everyone } as const satisfies RouteAccess;
const closedLayer = '/ogc/collections/permanent_basic_farmland';
const ofLayer = (path: string): RouteAccess => ({
  mayAsk: signedIn,
  path: `${closedLayer}${path}`,
  isAboutLayer: true,
});
/** A site of 兴国县 that access.test.ts has: whose office a step is of decides, not what it needs. */
const ofMarked = (path: string, mayAsk: readonly Who[], body?: unknown): RouteAccess => ({
  mayAsk,
  path: `/api/mine-sites/marked${path}`,
  headers: { 'if-match': '"1"' },
  ...(body === undefined ? {} : { body }),
});
const countyAndCity = ['county_reviewer', 'city_reviewer'] as const;
const nobodysId = '00000000-0000-4000-8000-000000000000';

/** By method and pattern, as the app lists its routes. */
export const accessTable: Record<string, RouteAccess> = {
  'GET /health': anyone,
  'GET /ready': anyone,
  'GET /metrics': anyone,
  'GET /': anyone,
  'GET /index.html': anyone,

  // Documents about all layers leave out those that are closed; access.test.ts looks into them.
  'GET /ogc/': anyone,
  'GET /ogc/conformance': anyone,
  'GET /ogc/api': anyone,
  'GET /ogc/collections': anyone,
  'GET /ogc/tileMatrixSets': anyone,
  'GET /ogc/tileMatrixSets/WebMercatorQuad': anyone,

  'GET /ogc/collections/:collectionId': ofLayer(''),
  'GET /ogc/collections/:collectionId/schema': ofLayer('/schema'),
  'GET /ogc/collections/:collectionId/queryables': ofLayer('/queryables'),
  'GET /ogc/collections/:collectionId/tiles': ofLayer('/tiles'),
  'GET /ogc/collections/:collectionId/tiles/WebMercatorQuad': ofLayer('/tiles/WebMercatorQuad'),
  'GET /ogc/collections/:collectionId/tiles/WebMercatorQuad/:z/:y/:x': ofLayer(
    '/tiles/WebMercatorQuad/8/109/209',
  ),
  'GET /ogc/collections/:collectionId/items': ofLayer('/items?limit=2'),
  'GET /ogc/collections/:collectionId/items/:code': ofLayer('/items/plain'),

  'GET /api/session': anyone,
  'POST /api/session': anyone,
  'DELETE /api/session': anyone,
  'PUT /api/session/password': { mayAsk: signedIn, body: {} },
  'GET /api/catalogue': anyone,
  'GET /api/search': { mayAsk: everyone, path: '/api/search?q=plain' },
  'GET /api/basemap': anyone,
  'GET /api/basemap/:layer/:z/:y/:x': { mayAsk: everyone, path: '/api/basemap/img/1/1/1' },
  // Of layers one may not read nothing is printed: sheets.test.ts.
  'GET /api/sheets': { mayAsk: everyone, path: '/api/sheets?spec=none' },
  'POST /api/sheets': { mayAsk: everyone, body: {} },
  'POST /api/sheets/plan': { mayAsk: everyone, body: {} },
  'GET /api/sheet-templates': anyone,
  'POST /api/sheet-jobs': { mayAsk: everyone, body: {} },
  'GET /api/sheet-jobs/:id': anyone,
  'GET /api/sheet-jobs/:id/file': anyone,
  'DELETE /api/sheet-jobs/:id': anyone,
  'GET /api/saved-sheets': { mayAsk: signedIn },
  'GET /api/saved-sheets/:name': { mayAsk: signedIn },
  'PUT /api/saved-sheets/:name': { mayAsk: signedIn, body: {} },
  'DELETE /api/saved-sheets/:name': { mayAsk: signedIn },
  // Official data stands in mine_sites while the table is walked.
  'GET /api/progress': { mayAsk: signedIn },
  'GET /api/progress/sites': { mayAsk: signedIn, path: '/api/progress/sites?figure=listed' },
  'GET /api/work-list': { mayAsk: signedIn },

  // Which sites one may mark is in change-sets.test.ts.
  'GET /api/change-sets': { mayAsk: signedIn },
  'POST /api/change-sets': { mayAsk: evidenceSenders, body: {} },
  'POST /api/change-sets/documents': { mayAsk: evidenceSenders, body: {} },
  'GET /api/change-sets/:id/documents/:documentId': { mayAsk: signedIn },
  'POST /api/change-sets/:id/undo': { mayAsk: evidenceSenders, path: '/api/change-sets/0/undo', body: {} },
  'GET /api/workbooks': { mayAsk: ['editor'], path: '/api/workbooks?unit=360732' },
  'POST /api/workbooks': { mayAsk: editors, body: {} },
  'POST /api/workbooks/:token/apply': { mayAsk: editors, path: '/api/workbooks/none/apply' },
  // Asked without the type it gives, so that it ends; events.test.ts asks for what it tells whom.
  'GET /api/events': anyone,

  // Which sites one may add to is in evidence.test.ts: these ask about a site that is not there.
  'GET /api/mine-sites/:code': ofMarked('', signedIn),
  'GET /api/mine-sites/:code/history': ofMarked('/history', signedIn),
  'PUT /api/mine-sites/:code/reports/:period': ofMarked('/reports/2025-09', ['editor'], {
    effectiveOn: '2025-09-20',
    answer: { progressPercent: 50 },
  }),
  'POST /api/mine-sites/:code/reports/:period/withdrawal': ofMarked('/reports/2025-08/withdrawal', [
    'editor',
  ]),
  'POST /api/mine-sites/:code/reports/:period/opening': ofMarked('/reports/2025-09/opening', countyAndCity),
  'POST /api/mine-sites/:code/reports/:period/review': ofMarked('/reports/2025-08/review', countyAndCity, {
    decision: 'pass',
  }),
  'POST /api/mine-sites/:code/decisions': ofMarked('/decisions', countyAndCity, {
    to: 'county_accepted',
    effectiveOn: '2025-09-20',
  }),
  'POST /api/mine-sites/:code/corrections': ofMarked('/corrections', countyAndCity, {
    effectiveOn: '2025-09-20',
    progressPercent: 40,
    reason: 'x',
  }),
  'POST /api/mine-sites/:code/restorations': ofMarked('/restorations', countyAndCity, {
    seq: '1',
    reason: 'x',
  }),
  'GET /api/mine-sites/:code/attachments': { mayAsk: signedIn },
  'POST /api/mine-sites/:code/attachments': { mayAsk: evidenceSenders, body: {} },
  'POST /api/attachments': { mayAsk: evidenceSenders, body: {} },
  'POST /api/attachments/unmatched/:token': { mayAsk: evidenceSenders, body: { code: 'nowhere' } },
  'GET /api/attachments/:id': { mayAsk: signedIn },
  'GET /api/attachments/:id/thumbnail': { mayAsk: signedIn },
  'DELETE /api/attachments/:id': { mayAsk: evidenceSenders, headers: { 'if-match': '"1"' } },

  'GET /api/accounts': administrators,
  'POST /api/accounts': { ...administrators, body: {} },
  'PATCH /api/accounts/:id': {
    ...administrators,
    path: `/api/accounts/${nobodysId}`,
    body: {},
    headers: { 'if-match': '"1"' },
  },
  'POST /api/accounts/:id/password-reset': {
    ...administrators,
    path: `/api/accounts/${nobodysId}/password-reset`,
  },
  'DELETE /api/accounts/:id/sessions': { ...administrators, path: `/api/accounts/${nobodysId}/sessions` },
  'GET /api/layer-access': administrators,
  'PUT /api/layer-access/:layerId': {
    ...administrators,
    path: '/api/layer-access/nowhere',
    body: { anonymousRead: null },
  },
  'GET /api/audit': { mayAsk: ['administrator', 'auditor'] },

  'GET /api/imports': administrators,
  'POST /api/imports': { ...administrators, body: {} },
  'GET /api/imports/:id': administrators,
  'PATCH /api/imports/:id': { ...administrators, body: {} },
  'DELETE /api/imports/:id': administrators,
  'POST /api/imports/:id/check': administrators,
  'POST /api/imports/:id/start': administrators,
  'POST /api/imports/:id/cancel': administrators,
  'GET /api/imports/:id/report': administrators,
  'POST /api/datasets/:id/take-back': administrators,
  'GET /api/import-profiles': administrators,
  'GET /api/import-profiles/:name': administrators,
  'PUT /api/import-profiles/:name': { ...administrators, body: {} },
  'DELETE /api/import-profiles/:name': administrators,
};
