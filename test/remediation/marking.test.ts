/** Every step, right and conflict of marking, as the use cases decide it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type StatusId, steps } from '../../geodata/domain/workflow.ts';
import type { Database } from '../../server/db/database.ts';
import { readHistory } from '../../server/remediation/read-history.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { addEvidence, addSites, type MarkedSite } from '../fixtures/marked-sites.ts';
import {
  accountOf,
  city,
  county,
  decide,
  editor,
  giveBack,
  type Marking,
  type MarkOf,
  markingOn,
  pass,
  submit,
  withdraw,
} from './marking-kit.ts';

const write = { class: 'bulk' } as const;

describeOnEngines('marking', ({ open }) => {
  let database: Database;
  let marking: Marking;
  let count = 0;
  beforeAll(async () => {
    database = await open();
    marking = markingOn(database);
  });
  const { mark, refusal, read } = {
    mark: (...given: Parameters<Marking['mark']>) => marking.mark(...given),
    refusal: (...given: Parameters<Marking['refusal']>) => marking.refusal(...given),
    read: (...given: Parameters<Marking['read']>) => marking.read(...given),
  };
  const newSite = async (site: Omit<MarkedSite, 'code'>): Promise<string> => {
    count += 1;
    const code = `S${count}`;
    await addSites(database, [{ code, ...site }]);
    return code;
  };
  const history = async (code: string) =>
    (await readHistory(database, code, { before: null, limit: 50 })).events;
  const chainsHold = async () =>
    expect(
      await database.query(
        'select c.dataset_id from app.event_chain as c where app.verify_event_chain(c.dataset_id) is not null',
        [],
        write,
      ),
    ).toEqual([]);

  describe('steps', () => {
    /** What each step needs, brought along. */
    async function stepMark(code: string, from: StatusId, to: StatusId, isReport: boolean): Promise<MarkOf> {
      const documents = ['assessmentReport', 'selfCheckReport', 'countyOpinion', 'expertOpinion'];
      const attachments = await Promise.all([
        ...documents.map((purpose) => addEvidence(database, code, purpose)),
        addEvidence(database, code, 'afterPhoto', { kind: 'photo' }),
      ]);
      const facts = {
        documentNumber: '赣市自然资〔2025〕1号',
        ...(to === 'in_progress' && from === 'approved' ? { startedOn: '2025-09-10' } : {}),
        notice: { from: '2025-09-01', to: '2025-09-08', place: '村委会公示栏', objections: '无' },
        source: '省级抽查',
      };
      if (!isReport) return decide(to, { facts, attachments, reason: '植被成活率偏低' });
      const { notice: _notice, source: _source, ...given } = facts;
      return submit({ status: to, facts: given, note: '因施工需要' }, { attachments });
    }

    for (const { from, to, by } of steps) {
      const takers = { editor, county_reviewer: county, city_reviewer: city };
      it(`${from.join('|')} → ${to} is taken by ${by} and by nobody else`, async () => {
        const start = from[0] ?? 'approved';
        const code = await newSite({ status: start });
        const step = await stepMark(code, start, to, by === 'editor');
        for (const [role, account] of Object.entries(takers)) {
          const isAlso = steps.some(
            (other) => other.to === to && other.by === role && other.from.includes(start),
          );
          if (isAlso) continue;
          expect((await refusal(account, code, step)).members.obstacle).toBe('not_your_role');
        }
        expect((await refusal(accountOf('administrator'), code, step)).code).toBe('forbidden');
        let site = await mark(takers[by], code, step);
        if (by === 'editor') {
          expect(site.state.status).toBe(start);
          site = await mark(county, code, pass);
        }
        expect(site.state).toMatchObject({
          status: to,
          statusOn: by === 'editor' ? '2025-09-20' : '2025-09-25',
        });
        await chainsHold();
      });

      it(`${from.join('|')} → ${to} by ${by} is refused without what it needs, at the field`, async () => {
        const start = from[0] ?? 'approved';
        const code = await newSite({ status: start });
        const bare = by === 'editor' ? submit({ status: to }) : decide(to);
        const needs = steps.find(
          (step) => step.to === to && step.by === by && step.from.includes(start),
        )?.needs;
        if (needs?.length === 0) return;
        const refused = await refusal(takers[by], code, bare);
        expect(refused.code).toBe('unprocessable');
        expect(refused.members.problems).toHaveLength(needs?.length ?? 0);
      });
    }

    it('a reviewer takes no step twice, and no editor one that is not there', async () => {
      const code = await newSite({ status: 'approved' });
      expect((await refusal(county, code, decide('county_accepted'))).members.obstacle).toBe('wrong_status');
      const refused = await refusal(editor, code, submit({ status: 'completed' }));
      expect(refused.members.problems?.map(({ field }) => field)).toEqual(['answer.status']);
    });

    it('acceptance by the city begins three years of aftercare, closing waits for the end of the notice', async () => {
      const code = await newSite({ status: 'county_accepted' });
      const opinion = await addEvidence(database, code, 'expertOpinion');
      const accepted = await mark(
        city,
        code,
        decide('city_accepted', {
          effectiveOn: '2025-09-05',
          facts: { documentNumber: '验〔2025〕3号', acceptedAreaSquareMeters: 19_000 },
          attachments: [opinion],
        }),
      );
      expect(accepted.state).toMatchObject({
        acceptedOn: '2025-09-05',
        aftercareUntil: '2028-09-05',
        acceptanceDocument: '验〔2025〕3号',
        acceptedAreaSquareMeters: 19_000,
      });
      const notice = { from: '2025-09-06', to: '2025-09-13', place: '官网', objections: '' };
      await mark(city, code, decide('public_notice', { effectiveOn: '2025-09-06', facts: { notice } }));
      const closing = { facts: { documentNumber: '销〔2025〕1号' } };
      const early = await refusal(city, code, decide('closed', { ...closing, effectiveOn: '2025-09-12' }));
      expect(early.members.problems?.[0]?.title.zh).toContain('公示到 2025-09-13');
      const closed = await mark(city, code, decide('closed', { ...closing, effectiveOn: '2025-09-13' }));
      expect(closed).toMatchObject({ state: { closingNumber: '销〔2025〕1号' }, owes: 'quarter' });
      expect(
        (await refusal(editor, code, submit({ progressPercent: 100 }))).members.problems?.[0]?.field,
      ).toBe('answer.aftercare');
      const checked = await mark(editor, code, submit({ aftercare: '植被长势良好' }));
      expect(checked.report?.state).toBe('submitted');
    });
  });

  describe('reports', () => {
    it('count when the county passes them, patch by patch, and leave everything in the trace', async () => {
      const code = await newSite({ status: 'in_progress', patches: 2, percent: 40, treated: 5000 });
      const answer = {
        progressPercent: 55,
        treatedThisPeriodSquareMeters: 3000,
        patches: { [`${code}-1`]: 6000, [`${code}-2`]: 2000 },
        investment: { toDate: 12.5 },
        issueKinds: ['rain' as const],
        issues: '雨季',
      };
      const waiting = await mark(editor, code, submit(answer));
      expect(waiting).toMatchObject({
        state: { progressPercent: 40, treatedAreaSquareMeters: 5000 },
        report: { state: 'submitted', answer, submittedBy: editor.name },
      });
      const passed = await mark(county, code, pass);
      expect(passed.state).toMatchObject({ progressPercent: 55, treatedAreaSquareMeters: 8000 });
      expect(passed.patches.map((patch) => patch.treatedAreaSquareMeters)).toEqual([6000, 2000]);
      const [effect, submitted, delivered] = await history(code);
      expect(effect).toMatchObject({
        kind: 'report_passed',
        setsState: true,
        changes: { progressPercent: [40, 55], treatedAreaSquareMeters: [5000, 8000] },
      });
      expect(submitted).toMatchObject({
        kind: 'report_submitted',
        setsState: false,
        changes: { progressPercent: [40, 55], issues: [null, '雨季'], investment: [null, { toDate: 12.5 }] },
      });
      expect(delivered).toMatchObject({ kind: 'import', effectiveOn: '2025-06-01' });
      const returned = await mark(city, code, giveBack);
      expect(returned).toMatchObject({
        state: { progressPercent: 40, treatedAreaSquareMeters: 5000 },
        report: { state: 'returned', returnedByLevel: 'city', returnReason: '请补充' },
      });
      expect(returned.patches.map((patch) => patch.treatedAreaSquareMeters)).toEqual([null, null]);
      await chainsHold();
    });

    it('are withdrawn until the next level has opened them, and sent again', async () => {
      const code = await newSite({ status: 'in_progress', percent: 10 });
      await mark(editor, code, submit({ progressPercent: 20 }));
      expect((await refusal(editor, code, submit({ progressPercent: 30 }))).members.obstacle).toBe(
        'already_reported',
      );
      expect((await mark(editor, code, withdraw)).report?.state).toBe('withdrawn');
      await mark(editor, code, submit({ progressPercent: 30 }));
      const opened = await mark(county, code, { kind: 'open', period: '2025-09' });
      expect(opened.report?.openedAt).not.toBeNull();
      expect((await refusal(editor, code, withdraw)).members.obstacle).toBe('already_opened');
      expect((await mark(county, code, giveBack)).report).toMatchObject({
        state: 'returned',
        returnedByLevel: 'county',
      });
      const again = await mark(editor, code, submit({ progressPercent: 25 }));
      expect(again.report).toMatchObject({
        state: 'submitted',
        round: 3,
        openedAt: null,
        returnReason: null,
      });
    });

    it('of no progress say why and change nothing', async () => {
      const code = await newSite({ status: 'in_progress', percent: 10, treated: 100 });
      const before = await read(code);
      await mark(editor, code, submit({ noProgressReason: '雨季停工' }));
      const site = await mark(county, code, pass);
      expect(site.state).toEqual(before.state);
      const refused = await refusal(
        editor,
        await newSite({ status: 'in_progress' }),
        submit({ noProgressReason: '停工', progressPercent: 50 }),
      );
      expect(refused.members.problems?.[0]?.field).toBe('answer.progressPercent');
    });

    it('warn of what is unlikely, take a reason for it, and keep it for the reviewer and the trace', async () => {
      const code = await newSite({ status: 'in_progress', patches: 1, percent: 60, treated: 25_500 });
      const answer = {
        progressPercent: 50,
        treatedThisPeriodSquareMeters: 500,
        treatedToDateSquareMeters: 24_000,
      };
      const refused = await refusal(editor, code, submit(answer));
      expect(refused.members.warnings?.map(({ id }) => id)).toEqual([
        'percent_falls',
        'treated_falls',
        'treated_above_measured',
        'sum_differs',
      ]);
      expect(refused.text.zh).toContain('累计治理面积 2.40 公顷,小于上月 2.55 公顷。请核对,或填写减少原因。');
      const reasons = {
        percent_falls: '重新核定',
        treated_falls: '重新测量',
        treated_above_measured: '含周边',
        sum_differs: '核减',
      };
      const site = await mark(editor, code, submit(answer, { reasons }));
      expect(site.report?.flags.map(({ reason }) => reason)).toEqual(Object.values(reasons));
      const [event] = await history(code);
      expect(event?.reason).toContain('重新测量');
    });

    it('show doubtful evidence to the reviewer without holding the editor up', async () => {
      const code = await newSite({ status: 'in_progress', percent: 10 });
      const photo = await addEvidence(database, code, 'afterPhoto', {
        kind: 'photo',
        checks: [{ id: 'wrong_place' }],
      });
      const site = await mark(editor, code, submit({ progressPercent: 20 }, { attachments: [photo] }));
      expect(site.report?.flags).toMatchObject([{ id: 'evidence_doubtful', values: { count: 1 } }]);
      const [event] = await history(code);
      expect(event?.evidence).toHaveLength(1);
    });

    it.each([
      ['a day in the future', submit({ progressPercent: 1 }, { effectiveOn: '2025-10-01' }), 'effectiveOn'],
      [
        'a day before the state',
        submit({ status: 'completed' }, { effectiveOn: '2025-05-01' }),
        'effectiveOn',
      ],
      [
        'a month in the future',
        submit({ progressPercent: 1 }, { period: '2025-10', effectiveOn: '2025-09-20' }),
        'period',
      ],
      [
        'a day after the month',
        submit({ progressPercent: 1 }, { period: '2025-08', effectiveOn: '2025-09-20' }),
        'effectiveOn',
      ],
      ['a patch of another site', submit({ patches: { other: 1 } }), 'answer.patches.other'],
      ['an empty answer', submit({}), 'answer'],
      ['evidence of another site', submit({ progressPercent: 1 }, { attachments: ['999'] }), 'attachments'],
      [
        'a finish before the start',
        submit({ facts: { completedOn: '2025-03-01' }, note: 'x' }),
        'answer.facts.completedOn',
      ],
    ])('refuse %s', async (_, given, field) => {
      const code = await newSite({ status: 'in_progress', startedOn: '2025-06-01' });
      const refused = await refusal(editor, code, given);
      expect(refused.members.problems?.map((problem) => problem.field)).toContain(field);
      expect(refused.text.zh).not.toBe(refused.text.en);
    });

    it('take effect in the order of their months', async () => {
      const code = await newSite({ status: 'in_progress', percent: 10 });
      await mark(editor, code, submit({ progressPercent: 20 }, { period: '2025-08' }));
      await mark(editor, code, submit({ progressPercent: 30 }));
      expect((await refusal(county, code, pass)).members.obstacle).toBe('earlier_pending');
      await mark(county, code, { ...pass, period: '2025-08' } as MarkOf);
      expect((await mark(county, code, pass)).state.progressPercent).toBe(30);
      expect(
        (await refusal(editor, code, submit({ progressPercent: 15 }, { period: '2025-07' }))).members
          .obstacle,
      ).toBe('later_passed');
      expect((await read(code)).previous?.period).toBe('2025-08');
    });

    it('returned by the city leave what a later month said', async () => {
      const code = await newSite({ status: 'approved', percent: 0, treated: 0 });
      const august = { period: '2025-08' };
      await mark(
        editor,
        code,
        submit(
          { progressPercent: 20, treatedToDateSquareMeters: 2000, treatedThisPeriodSquareMeters: 2000 },
          august,
        ),
      );
      await mark(county, code, { ...pass, ...august } as MarkOf);
      await mark(editor, code, submit({ progressPercent: 30 }));
      await mark(county, code, pass);
      const site = await mark(city, code, { ...giveBack, ...august } as MarkOf);
      // 30 % was said in September; the area had only been carried along.
      expect(site.state).toMatchObject({ progressPercent: 30, treatedAreaSquareMeters: 0 });
    });

    it('cannot be returned once later steps stand on them', async () => {
      const code = await newSite({ status: 'in_progress' });
      const attachments = [
        await addEvidence(database, code, 'selfCheckReport'),
        await addEvidence(database, code, 'afterPhoto', { kind: 'photo' }),
      ];
      await mark(editor, code, submit({ status: 'completed' }, { attachments }));
      expect((await refusal(county, code, decide('rectifying'))).members.obstacle).toBe('wrong_status');
      expect((await refusal(city, code, decide('excluded'))).members.obstacle).toBe('report_pending');
      await mark(county, code, pass);
      const opinion = await addEvidence(database, code, 'countyOpinion');
      await mark(county, code, decide('county_accepted', { attachments: [opinion] }));
      expect((await refusal(city, code, giveBack)).members.obstacle).toBe('stands_on_it');
    });
  });

  describe('rights', () => {
    it.each([
      ['the editor of another county', accountOf('editor', ['360730']), 'not_your_unit'],
      ['a viewer', accountOf('viewer'), 'not_your_role'],
      ['an auditor', accountOf('auditor'), 'not_your_role'],
      ['an administrator', accountOf('administrator'), 'not_your_role'],
      ['the county reviewer', county, 'not_your_role'],
    ])('%s does not report', async (_, account, obstacle) => {
      const code = await newSite({ status: 'in_progress' });
      expect((await refusal(account, code, submit({ progressPercent: 1 }))).members.obstacle).toBe(obstacle);
    });

    it('of a site no unit reports nobody marks anything', async () => {
      const code = await newSite({ status: 'in_progress', unit: null });
      expect((await refusal(editor, code, submit({ progressPercent: 1 }))).members.obstacle).toBe('no_unit');
    });

    it('nobody reviews what he submitted himself', async () => {
      const code = await newSite({ status: 'in_progress' });
      await mark(editor, code, submit({ progressPercent: 1 }));
      const promoted = { ...editor, role: 'county_reviewer' as const };
      expect((await refusal(promoted, code, pass)).members.obstacle).toBe('own_report');
      expect((await refusal(accountOf('county_reviewer', ['zone']), code, pass)).members.obstacle).toBe(
        'not_your_unit',
      );
      expect((await refusal(city, code, pass)).members.obstacle).toBe('nothing_reported');
    });

    it('what a county cannot undo of the city it neither corrects nor restores', async () => {
      const code = await newSite({ status: 'public_notice', percent: 100 });
      const correction = { effectiveOn: '2025-09-10', progressPercent: 90, reason: '复核' };
      expect((await refusal(county, code, { kind: 'correct', correction })).members.obstacle).toBe(
        'not_your_role',
      );
      expect((await mark(city, code, { kind: 'correct', correction })).state.progressPercent).toBe(90);
    });
  });

  describe('corrections and restorations', () => {
    it('put a past day right and follow it up to where somebody said otherwise', async () => {
      const code = await newSite({ status: 'in_progress', percent: 10, treated: 1000 });
      for (const [month, percent] of [
        ['2025-07', 20],
        ['2025-08', 30],
      ] as const) {
        await mark(editor, code, submit({ progressPercent: percent }, { period: month }));
        await mark(county, code, { ...pass, period: month } as MarkOf);
      }
      const site = await mark(county, code, {
        kind: 'correct',
        correction: {
          effectiveOn: '2025-07-25',
          progressPercent: 18,
          treatedToDateSquareMeters: 900,
          reason: '测量有误',
        },
      });
      expect(site.state).toMatchObject({ progressPercent: 30, treatedAreaSquareMeters: 900 });
      const states = await database.query(
        `select e.effective_on::text as day, e.progress_percent as percent, e.treated_area_m2 as area
         from app.mine_site_event as e where e.site_code = $1 and e.kind = 'correction' order by e.seq`,
        [code],
        write,
      );
      expect(states).toEqual([
        { day: '2025-07-25', percent: 18, area: 900 },
        { day: '2025-08-20', percent: 30, area: 900 },
      ]);
      const again = { effectiveOn: '2025-07-25', progressPercent: 18, reason: '再来' };
      expect(
        (await refusal(county, code, { kind: 'correct', correction: again })).members.problems,
      ).toHaveLength(1);
      const early = { ...again, effectiveOn: '2025-05-01' };
      expect(
        (await refusal(county, code, { kind: 'correct', correction: early })).members.problems?.[0]?.title.zh,
      ).toContain('2025-06-01');
    });

    it('bring a former state back as a new event, facts and patches too', async () => {
      const code = await newSite({ status: 'approved', patches: 1 });
      const started = { status: 'in_progress' as const, facts: { startedOn: '2025-09-01' } };
      await mark(editor, code, submit({ ...started, patches: { [`${code}-1`]: 500 } }));
      await mark(county, code, pass);
      const delivered = (await history(code)).at(-1);
      const restored = await mark(county, code, {
        kind: 'restore',
        seq: delivered?.seq ?? '',
        reason: '报错了矿山',
      });
      expect(restored.state).toMatchObject({
        status: 'approved',
        statusOn: '2025-06-01',
        startedOn: null,
        treatedAreaSquareMeters: null,
      });
      expect(restored.patches[0]?.treatedAreaSquareMeters).toBeNull();
      expect((await history(code))[0]).toMatchObject({
        kind: 'restoration',
        reason: '报错了矿山',
        changes: { status: ['in_progress', 'approved'], startedOn: ['2025-09-01', null] },
      });
      expect(
        (await refusal(county, code, { kind: 'restore', seq: '999999', reason: 'x' })).members.obstacle,
      ).toBe('no_such_event');
    });
  });

  describe('two at once', () => {
    it('the second gets what the first left, and nothing is lost', async () => {
      const code = await newSite({ status: 'in_progress', percent: 1 });
      const { version } = await read(code);
      await mark(editor, code, submit({ progressPercent: 2 }));
      const refused = await refusal(editor, code, submit({ progressPercent: 3 }), version);
      expect(refused).toMatchObject({
        code: 'precondition-failed',
        members: { current: { version: version + 1, report: { answer: { progressPercent: 2 } } } },
      });
    });

    it('of many in the same moment exactly one gets through', async () => {
      const code = await newSite({ status: 'in_progress', percent: 1 });
      const { version } = await read(code);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) =>
          marking
            .at(version)(accountOf('editor'), code, submit({ progressPercent: index + 2 }))
            .then(({ report }) => report?.answer.progressPercent),
        ),
      );
      const [won, ...others] = outcomes.filter(({ status }) => status === 'fulfilled');
      expect(others).toEqual([]);
      expect((await read(code)).report?.answer.progressPercent).toBe(
        won?.status === 'fulfilled' ? won.value : undefined,
      );
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ code: 'precondition-failed' });
      }
      expect((await history(code)).filter(({ kind }) => kind === 'report_submitted')).toHaveLength(1);
      await chainsHold();
    });
  });
});
