/** Everything printed stands on the paper and nothing on anything else: every template, paper and language. */
import { beforeAll, describe, expect, it } from 'vitest';
import { sheetTemplateIds } from '../../../geodata/contract/sheets.ts';
import { orientations } from '../../../geodata/domain/sheet-paper.ts';
import { composeSheet } from '../../../server/sheets/compose/compose-sheet.ts';
import { fixtureContent, fixtureSample } from './fixture-content.ts';
import { overlappingTexts, placedTexts } from './page-texts.ts';

// The sample takes seconds to make on a busy machine.
beforeAll(() => {
  fixtureSample();
}, 60_000);

/** Few layers: the furniture is what is looked at. */
const layers = ['counties', 'wetland_parks', 'mine_sites'];
/** Between A3 and A0 boxes and text grow alike. */
const papers = ['A4', 'A3', 'A0', 'slide'] as const;
const siteLayers = ['counties', 'mine_sites', 'mine_patches'];

const long = {
  title:
    '赣州市南岭—罗霄山脉生物多样性保护生态廊道与废弃露天矿山生态修复及生态保护红线、湿地公园、自然保护地空间布局和整改销号进展情况综合示意图(二〇二五年第三季度,含已验收、已销号与整改矿山及其图斑范围,供汇报使用,请勿外传)'.slice(
      0,
      120,
    ),
  subtitle:
    'A very long subtitle that says everything there is to say about the state of the data and the campaign, twice over, and then some more of it',
  producer: '赣州市自然资源局国土空间生态修复科与赣州市国土空间调查规划研究中心联合制图小组',
  mapNumber: '赣S(2025)第 0000123456 号(示意)',
  note: '补充说明。'.repeat(60),
};

describe('the page of every template', () => {
  for (const template of sheetTemplateIds) {
    for (const language of ['zh-CN', 'en'] as const) {
      it(`${template}, ${language}: no two texts overlap and none leaves the paper`, {
        timeout: 60_000,
      }, () => {
        const found: string[] = [];
        for (const paper of papers) {
          for (const orientation of orientations) {
            const content = fixtureContent({
              template,
              paper,
              orientation,
              language,
              layers: template === 'site' ? siteLayers : layers,
              oneIn: template === 'site' ? 1 : 16,
            });
            const { page } = composeSheet(content);
            const texts = placedTexts(page);
            expect(texts.length).toBeGreaterThan(8);
            const where = `${paper} ${orientation}: `;
            found.push(...overlappingTexts(texts).map((pair) => where + pair));
            found.push(
              ...texts
                .filter(
                  ({ x, y, width, height }) =>
                    x < 3 || y < 3 || x + width > page.widthMm - 3 || y + height > page.heightMm - 3,
                )
                .map(({ group, text }) => `${where}${group} “${text}” leaves the paper`),
            );
          }
        }
        expect(found).toEqual([]);
      });
    }
  }

  it.each(
    sheetTemplateIds,
  )('%s: slots filled to their limits overlap nothing, and what is cut is said', (template) => {
    const { page, notices } = composeSheet(
      fixtureContent({ template, slots: long, layers: template === 'site' ? siteLayers : layers }),
    );
    expect(overlappingTexts(placedTexts(page))).toEqual([]);
    const cut = placedTexts(page).filter(({ text }) => text.endsWith('…'));
    const said = notices.filter(({ id }) => id === 'text_overflow' || id === 'legend_overflow');
    expect(said.length > 0).toBe(cut.length > 0);
  });
});
