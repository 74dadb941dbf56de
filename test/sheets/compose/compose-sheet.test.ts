/** What a sheet says: its numbers, marks and slots. */
import { beforeAll, describe, expect, it } from 'vitest';
import { composeSheet } from '../../../server/sheets/compose/compose-sheet.ts';
import { scaleBarSegment } from '../../../server/sheets/compose/scale-bar.ts';
import type { PathMark } from '../../../server/sheets/page.ts';
import { type FixtureOrder, fixtureContent, fixtureSample } from './fixture-content.ts';
import { textMarks, textsOf } from './page-texts.ts';

// The sample takes seconds to make on a busy machine.
beforeAll(() => {
  fixtureSample();
}, 60_000);

const few = { layers: ['counties', 'mine_sites'], oneIn: 8 };
const compose = (order: FixtureOrder) => composeSheet(fixtureContent({ ...few, ...order }));
const flat = (order: FixtureOrder, group?: string): string => textsOf(compose(order).page, group).join('|');
const templates = ['city', 'county', 'wall', 'slide', 'picture', 'site'] as const;

describe('figures', () => {
  it('of the table are those of the content, each count with its area and share', () => {
    const content = fixtureContent({ ...few, template: 'city' });
    const { total, campaign } = content.progress ?? {};
    const printed = textsOf(composeSheet(content).page, 'progress');
    const share = (part = 0, whole = 1): string => ((part / whole) * 100).toFixed(1);
    expect(printed).toEqual(
      expect.arrayContaining([
        '下达任务',
        String(campaign?.base.count),
        '1,262.00',
        String(total?.completed.count),
        share(total?.completed.count, campaign?.base.count),
        share(total?.completed.areaSquareMeters, campaign?.base.areaSquareMeters),
        String(total?.closed.count),
      ]),
    );
    expect(printed).toContain('占任务 %');
  });

  it('of a county are shares of its ledger, and its rows add up to it', () => {
    const content = fixtureContent({ ...few, template: 'county' });
    const printed = textsOf(composeSheet(content).page, 'progress');
    expect(printed).toContain('占台账 %');
    expect(printed).not.toContain('下达任务');
    const countOf = (title: string): number => Number(printed[printed.indexOf(title) + 1]);
    expect(countOf('未开工') + countOf('施工中') + countOf('整改') + countOf('已完工')).toBe(
      countOf('台账合计'),
    );
    expect(countOf('台账合计')).toBe(content.progress?.total.listed.count);
  });

  it('of a slide stand in its sentence, its tiles and its ranking', () => {
    const content = fixtureContent({ ...few, template: 'slide' });
    const { page } = composeSheet(content);
    const { total, campaign, byUnit } = content.progress ?? {};
    const rate = `${(((total?.completed.count ?? 0) / (campaign?.base.count ?? 1)) * 100).toFixed(1)}%`;
    const headline = textsOf(page, 'headline').join('');
    expect(headline).toContain(`完成治理 ${total?.completed.count} 座`);
    expect(headline).toContain(`完工率 ${rate}`);
    expect(page.title).toContain(rate);
    expect(textsOf(page, 'tiles')).toContain(rate);
    const rates = (byUnit ?? []).map(({ name, standing }) => ({
      name: name.zh,
      rate: standing.completed.count / standing.listed.count,
    }));
    const worst = rates.sort((a, b) => a.rate - b.rate)[0]?.name;
    const ranking = textsOf(page, 'ranking');
    expect(ranking[ranking.indexOf('较上月末') + 1]).toBe(worst);
    expect(ranking).toContain('全市');
  });

  it('are left out, not invented, where mine sites may not be read', () => {
    const content = { ...fixtureContent({ ...few, template: 'slide' }), progress: null };
    const { page } = composeSheet(content);
    expect(textsOf(page, 'tiles').join('')).toBe('矿山数据未导入或无权查看。');
    expect(textsOf(page, 'ranking')).toEqual([]);
    const sheet = { ...fixtureContent({ ...few, template: 'city' }), progress: null };
    expect(textsOf(composeSheet(sheet).page, 'progress')).toEqual([]);
  });
});

describe('scale', () => {
  it('has a bar of round lengths that is true to the numeric scale', () => {
    const content = fixtureContent({ ...few, template: 'county' });
    const { page } = composeSheet(content);
    const group = page.marks.find((mark) => mark.kind === 'group' && mark.id === 'scaleBar');
    const boxes =
      group?.kind === 'group' ? group.marks.filter((mark): mark is PathMark => mark.kind === 'path') : [];
    const [left, right] = [boxes[0], boxes.at(-1)].map((box) => box?.d.match(/M([\d.]+) [\d.]+H([\d.]+)/));
    const lengthMm = Number(right?.[2]) - Number(left?.[1]);
    const kilometres = textsOf(page, 'scaleBar')
      .filter((text) => /^[\d.]+$/.test(text))
      .map(Number);
    expect(lengthMm * content.plan.scale).toBeCloseTo(Math.max(...kilometres) * 1_000_000, -3);
    expect(textsOf(page, 'scaleBar')).toContain(`1:${content.plan.scale / 1000} 000`);
  });

  it.each([100, 500, 2_000, 25_000, 350_000, 1_100_000, 50_000_000])('1:%i has a round segment', (scale) => {
    const segment = scaleBarSegment(scale, 90);
    expect([1, 2, 2.5, 5]).toContain(Number((segment / 10 ** Math.floor(Math.log10(segment))).toFixed(6)));
    expect((segment * 4 * 1000) / scale).toBeLessThanOrEqual(90.001);
    expect((segment * 4 * 1000) / scale).toBeGreaterThan(35);
  });

  it.each(['A4', 'A3', 'A0'] as const)('has a check line of exactly 100 mm on %s', (paper) => {
    const { page } = compose({ template: 'city', paper });
    const group = page.marks.find((mark) => mark.kind === 'group' && mark.id === 'checkLine');
    const lines =
      group?.kind === 'group' ? group.marks.filter((mark): mark is PathMark => mark.kind === 'path') : [];
    const [, from, to] = /M([\d.]+) [\d.]+L([\d.]+)/.exec(lines[0]?.d ?? '') ?? [];
    expect(Number(to) - Number(from)).toBeCloseTo(100, 6);
    expect(textsOf(page, 'checkLine')).toContain('打印后此线应为 100 毫米');
    expect(textsOf(page, 'checkLine')).toContain(
      '2000国家大地坐标系 · 高斯-克吕格投影 · 3°分带 · 中央子午线 114°E',
    );
  });
});

describe('marks', () => {
  it.each(
    templates,
  )('%s: 示意数据 is printed with sample data, whatever the slots, and never without', (template) => {
    const content = fixtureContent({
      ...few,
      template,
      slots: { title: '标题', subtitle: '' },
      ...(template === 'site' ? { oneIn: 1 } : {}),
    });
    expect(textsOf(composeSheet(content).page).join('|')).toContain('示意数据');
    const official = {
      ...content,
      hasSampleData: false,
      layers: content.layers.map((layer) => ({ ...layer, datasets: [] })),
    };
    expect(textsOf(composeSheet(official).page).join('|')).not.toContain('示意数据');
  });

  it('the watermark stands across the sheet at 28° and 7 %, only where there is one', () => {
    const words = '张某 2025-10-08 09:12';
    const { page } = compose({ template: 'county', watermark: words });
    const found = textMarks(page).filter(({ mark }) => mark.text === words);
    expect(found.map(({ group }) => group)).toEqual(['watermark']);
    expect(found[0]?.mark).toMatchObject({ degrees: -28, opacity: 0.07, align: 'middle' });
    expect(textMarks(compose({ template: 'county' }).page).some(({ mark }) => mark.opacity === 0.07)).toBe(
      false,
    );
  });

  it('the classification stands at the top and its note below, the page number at the right', () => {
    const printed = flat({ template: 'county', classification: 'internal' });
    expect(printed).toContain('工作秘密(内部)');
    expect(printed).toContain('公开使用前须依法送审');
    expect(printed).toContain('第 13 页 / 共 18 页');
    const open = flat({ template: 'county', classification: 'public' });
    expect(open).toContain('公开');
    expect(open).not.toContain('工作秘密');
    expect(flat({ template: 'county', classification: 'on_request', language: 'en' })).toContain(
      'Disclosed on request',
    );
  });

  it('says 示意图 until there is an approval number for official lines', () => {
    expect(flat({ template: 'county' }, 'notes')).toContain('示意图,界线不作为权属和行政区划依据。');
    const content = {
      ...fixtureContent({ ...few, template: 'county', slots: { mapNumber: '赣S(2025)001号' } }),
      hasSampleData: false,
    };
    const { page } = composeSheet(content);
    expect(textsOf(page, 'notes').join('')).not.toContain('示意图');
    expect(textsOf(page, 'imprint')).toContain('赣S(2025)001号');
  });

  it('names the source of every layer drawn, with the day its data is known to', () => {
    const notes = flat({ template: 'county' }, 'notes').replaceAll('|', '');
    expect(notes).toContain('资料截止2025年9月30日');
    expect(notes).toContain('废弃矿山(座):按任务下达数合成的示意矿山');
    expect(notes).toContain('县(市、区)界:本项目据 0.05° 格网绘制的示意界线');
    expect(notes).not.toContain('水系');
  });
});

describe('slots', () => {
  it('take the place of what the template writes, and an empty one leaves it out', () => {
    const slots = {
      title: '兴国县矿山图',
      subtitle: '内部讨论稿',
      drawnBy: '李某',
      reviewedBy: '王某',
      producer: '测绘院',
      note: '第一行\n第二行',
    };
    const printed = textsOf(compose({ template: 'county', slots }).page);
    expect(printed).toEqual(
      expect.arrayContaining([
        '兴国县矿山图',
        '内部讨论稿 · 示意数据',
        '李某 / 王某',
        '测绘院',
        '第一行',
        '第二行',
      ]),
    );
    expect(textsOf(compose({ template: 'county', slots: { title: '' } }).page, 'title').join('')).toBe(
      '截至2025年9月30日 · 示意数据',
    );
  });

  it('stay text, whatever stands in them', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template might take for its own.
    const hostile = '</text><script>alert(1)</script> ${name} {date} $& %s ]]> "quoted" \\u0041';
    const { page } = compose({ template: 'county', slots: { title: hostile, producer: hostile } });
    expect(textsOf(page, 'title').join(' ').replaceAll(' ', '')).toContain(hostile.replaceAll(' ', ''));
    expect(page.title).toBe(hostile);
  });

  it('with characters that no font has are told of', () => {
    const { notices } = compose({ template: 'county', slots: { title: '兴国县 \u{1F600}' } });
    expect(notices.find(({ id }) => id === 'missing_characters')?.text.zh).toContain('\u{1F600}');
    expect(compose({ template: 'county' }).notices.some(({ id }) => id === 'missing_characters')).toBe(false);
  });
});

describe('languages', () => {
  it.each(templates)('%s: an English sheet has no Chinese word but those of the data', (template) => {
    const { page } = compose({ template, language: 'en', ...(template === 'site' ? { oneIn: 1 } : {}) });
    const own = textMarks(page).filter(({ group }) => !['map', 'siteFacts', 'title'].includes(group));
    expect(own.map(({ mark }) => mark.text).filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
  });
});
