/** The legend says what the map shows: nothing else, and all of it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { composeSheet } from '../../../server/sheets/compose/compose-sheet.ts';
import { legendRows } from '../../../server/sheets/compose/legend-rows.ts';
import { shadeCounties } from '../../../server/sheets/compose/shade-counties.ts';
import { drawMap } from '../../../server/sheets/map/draw-map.ts';
import type { SheetContent } from '../../../server/sheets/sheet-content.ts';
import { fixtureContent, fixtureSample, totalArea } from './fixture-content.ts';
import { textsOf } from './page-texts.ts';

// The sample takes seconds to make on a busy machine.
beforeAll(() => {
  fixtureSample();
}, 60_000);

function rowsOf(given: SheetContent) {
  const content = shadeCounties(given);
  const map = drawMap(content);
  const language = content.plan.spec.language;
  return { map, rows: legendRows({ content, language, factor: 1, drawn: map.drawn, mapMarks: map.marks }) };
}

describe('the legend', () => {
  it.each([
    'city',
    'county',
    'site',
    'wall',
    'slide',
    'picture',
  ] as const)('%s: every entry was drawn and every drawn class has its entry', {
    timeout: 30_000,
  }, (template) => {
    const { map, rows } = rowsOf(fixtureContent({ template }));
    const told = rows.flatMap((row) =>
      row.kind === 'entry' && row.entryId !== 'outer' ? `${row.layerId} ${row.entryId}` : [],
    );
    const drawn = map.drawn.flatMap(({ layerId, entries }) =>
      entries.map(({ entryId }) => `${layerId} ${entryId}`),
    );
    // A county that fills the map shows no border: it is drawn, but there is no line to tell of.
    const expected = template === 'site' ? drawn.filter((entry) => !entry.startsWith('counties')) : drawn;
    expect([...told].sort()).toEqual([...expected].sort());
    expect(told.length).toBeGreaterThan(1);
  });

  it('counts sites and their declared areas as they are drawn, by phase', { timeout: 30_000 }, () => {
    const content = fixtureContent({ template: 'city' });
    const { rows } = rowsOf(content);
    const closed = fixtureSample().layers.mine_sites.filter(({ properties }) =>
      ['closed', 'handed_over'].includes(String(properties.status)),
    );
    const row = rows.find((one) => one.kind === 'entry' && one.entryId === 'closed');
    expect(row).toMatchObject({
      title: '已销号',
      count: `${closed.length} 座`,
      area: `${(totalArea(closed) / 10_000).toFixed(2)} 公顷`,
    });
    const { page } = composeSheet(content);
    expect(textsOf(page, 'legend')).toEqual(expect.arrayContaining(['已销号', `${closed.length} 座`]));
  });

  it('prints every title whole, with its numbers, wherever it fits', { timeout: 30_000 }, () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const content = fixtureContent({ template: 'wall', paper: 'A1', language });
      const { rows } = rowsOf(content);
      const printed = textsOf(composeSheet(content).page, 'legend').join('');
      for (const row of rows) expect(printed.replaceAll(' ', '')).toContain(row.title.replaceAll(' ', ''));
    }
  });

  it('says how many entries it leaves out where the box is too small for them', { timeout: 30_000 }, () => {
    const content = fixtureContent({ template: 'county', oneIn: 1 });
    const { layout } = content.plan;
    const tiny = { x: 314, y: 85, width: 30, height: 22 };
    const { page, notices } = composeSheet({
      ...content,
      plan: { ...content.plan, layout: { ...layout, parts: { legend: tiny } } },
    });
    const printed = textsOf(page, 'legend');
    const [, left] = /另有 (\d+) 项/.exec(printed.join(' ')) ?? [];
    const entries = rowsOf(content).rows.filter(({ kind }) => kind === 'entry');
    const shown = entries.filter(({ title }) => printed.includes(title)).length;
    expect(Number(left)).toBe(entries.length - shown);
    expect(notices.find(({ id }) => id === 'legend_overflow')?.text.zh).toContain(`另有 ${left} 项`);
  });
});
