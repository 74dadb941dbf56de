/** Random change sets and undos: whatever is taken back leaves no trace but the trace, and the chain holds. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChangeSetOrder } from '../../geodata/contract/change-sets.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import { type StatusId, stepsFrom } from '../../geodata/domain/workflow.ts';
import type { Database } from '../../server/db/database.ts';
import { namedSql } from '../../server/db/named-sql.ts';
import { LantuError } from '../../server/errors.ts';
import { makeChangeSet } from '../../server/remediation/make-change-set.ts';
import { undoChangeSet } from '../../server/remediation/undo-change-set.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { seededRandom } from '../engines/random.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';
import {
  brokenChains,
  type Headers,
  stateOf,
  stateOn,
  targets,
  uploadDocument,
} from '../fixtures/change-set-client.ts';
import { addSites } from '../fixtures/marked-sites.ts';
import { signedInAs } from '../signed-in.ts';

const statuses: readonly StatusId[] = [
  'in_progress',
  'natural_recovery',
  'completed',
  'county_accepted',
  'city_accepted',
  'public_notice',
  'rectifying',
];
const codes = Array.from({ length: 14 }, (_, index) => `S${String(index).padStart(2, '0')}`);
const days = ['2025-06-15', '2025-09-09', '2025-09-10', '2025-09-20', '2025-09-30'];
const period = '2025-09';

describeOnEngines('random change sets and undos', ({ open, engine }) => {
  let database: Database;
  let service: ServiceUnderTest;
  let editor: SignedInAccount;
  let reviewers: { account: SignedInAccount; headers: Headers; documentId: string }[];
  beforeAll(async () => {
    database = await open();
    await addSites(
      database,
      codes.map((code, index) => ({
        code,
        status: statuses[index % statuses.length] ?? 'in_progress',
        percent: 50,
        treated: 4000,
        patches: index % 2,
        startedOn: '2025-02-01',
      })),
    );
    // So that the state they were delivered in is an event already, and days past read the same throughout.
    await database.query(namedSql('remediation/append-delivered-states'), [codes], { class: 'bulk' });
    service = await startService(database);
    editor = (await signedInAs(service.context, 'editor')).account;
    reviewers = [];
    for (const role of ['county_reviewer', 'city_reviewer'] as const) {
      const { account, headers } = await signedInAs(service.context, role);
      reviewers.push({ account, headers, documentId: await uploadDocument(service, headers, role) });
    }
  });
  afterAll(() => service.close());

  const seeds = engine === 'server' ? [11, 12, 13] : [21];
  for (const seed of seeds) {
    it(`seed ${seed}`, { timeout: 120_000 }, async () => {
      const random = seededRandom(seed);
      const oneOf = <T>(among: readonly T[]): T => {
        const found = among[Math.floor(random() * among.length)];
        if (found === undefined) throw new Error('nothing to choose from');
        return found;
      };
      const snapshot = async () => ({
        state: withoutEffect(await stateOf(database)),
        days: await Promise.all(
          engine === 'server' ? days.map((day) => stateOn(database, day)) : [stateOn(database, '2025-09-10')],
        ),
      });
      const made: { id: string; maker: SignedInAccount; before: unknown }[] = [];
      let [sets, undos, refusals] = [0, 0, 0];
      for (let step = 0; step < 80; step += 1) {
        if (made.length > 0 && random() < 0.45) {
          const last = made.pop();
          if (last === undefined) break;
          const by = random() < 0.5 ? last.maker : (reviewers[1]?.account ?? last.maker);
          await undoChangeSet(service.context, by, last.id, '误办');
          expect(await snapshot()).toEqual(last.before);
          undos += 1;
          // What was made before it was marked since, by the undo.
          made.length = 0;
          continue;
        }
        if (random() < 0.3) {
          await submitOne(oneOf);
          made.length = 0;
          continue;
        }
        const { maker, order } = await randomOrder(oneOf, random);
        const before = await snapshot();
        try {
          const set = await makeChangeSet(service.context, maker, order);
          made.push({ id: set.id, maker, before });
          sets += 1;
        } catch (error) {
          if (!(error instanceof LantuError)) throw error;
          expect(await snapshot()).toEqual(before);
          refusals += 1;
        }
      }
      expect(await brokenChains(database)).toEqual([]);
      // Else the sequence shows nothing.
      expect(Math.min(sets, undos, refusals)).toBeGreaterThan(4);
    });
  }

  type Choose = <T>(among: readonly T[]) => T;

  /** Mostly one that can be made: a step some of the sites stand before, reports that wait. */
  async function randomOrder(
    oneOf: Choose,
    random: () => number,
  ): Promise<{ maker: SignedInAccount; order: ChangeSetOrder }> {
    const kind = oneOf(['no_progress', 'review', 'review', 'decision', 'decision'] as const);
    if (kind === 'no_progress') {
      const sites = await some(oneOf, random, await openForReport());
      return {
        maker: editor,
        order: { kind, sites, period, effectiveOn: oneOf(days.slice(1)), reason: '停工' },
      };
    }
    const { account, documentId } = oneOf(reviewers);
    const isCity = account.role === 'city_reviewer';
    if (kind !== 'decision') {
      const waiting = await codesWhere(`r.state = '${isCity ? 'county_passed' : 'submitted'}'`);
      const review =
        random() < 0.6 ? { decision: 'pass' as const } : { decision: 'return' as const, reason: '不清' };
      return {
        maker: account,
        order: { kind: 'review', sites: await some(oneOf, random, waiting), period, review },
      };
    }
    const all = await database.query<{ code: string; status: StatusId }>(
      'select code, status from geo.mine_site order by code',
      [],
      { class: 'read' },
    );
    const status = oneOf(all).status;
    const steps = stepsFrom(status).filter(({ by }) => by === (isCity ? 'city_reviewer' : 'county_reviewer'));
    const to = steps.length === 0 ? ('rectifying' as const) : oneOf(steps).to;
    const sites = await some(
      oneOf,
      random,
      all.filter((site) => site.status === status).map(({ code }) => code),
    );
    const facts = {
      documentNumber: '文〔2025〕1号',
      source: '抽查',
      notice: { from: '2025-08-01', to: '2025-08-10', place: '公示栏', objections: '无' },
    };
    const decision = { to, effectiveOn: oneOf(days.slice(1)), facts, reason: '发现问题', attachments: [] };
    return { maker: account, order: { kind, sites, decision, documentId } };
  }

  /** A report that changes something, so that passing and returning it do. */
  async function submitOne(oneOf: Choose): Promise<void> {
    const asked = await openForReport();
    if (asked.length === 0) return;
    const code = oneOf(asked);
    const [site] = await targets(database, [code]);
    if (site === undefined) return;
    const { headers } = await signedInAs(service.context, 'editor');
    const answer = {
      progressPercent: oneOf([60, 70, 80]),
      treatedToDateSquareMeters: oneOf([5000, 6000]),
    };
    await fetch(`${service.url}/api/mine-sites/${code}/reports/${period}`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/json', 'if-match': `"${site.version}"` },
      body: JSON.stringify({ effectiveOn: oneOf(days.slice(1)), answer }),
    });
  }

  const codesWhere = async (condition: string): Promise<string[]> =>
    (
      await database.query<{ code: string }>(
        `select s.code from geo.mine_site as s left join app.mine_site_report as r on r.site_code = s.code
         where ${condition} order by s.code`,
        [],
        { class: 'read' },
      )
    ).map(({ code }) => code);
  const openForReport = () => codesWhere("r.state is null or r.state in ('withdrawn', 'returned')");

  async function some(
    oneOf: Choose,
    random: () => number,
    among: readonly string[],
  ): Promise<ChangeSetOrder['sites']> {
    const chosen = among.filter(() => random() < 0.5);
    return targets(database, chosen.length > 0 ? chosen : [oneOf(among.length > 0 ? among : codes)]);
  }
});

/** Taking a return back gives the report another event to be in effect by. */
function withoutEffect(state: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(state), (name, value) => (name === 'effect_seq' ? null : value));
}
