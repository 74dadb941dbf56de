import { describe, expect, it } from 'vitest';
import { administrationTexts } from '../../../../client/i18n/administration-texts.ts';
import { firstAccountDraft, readAccount } from '../../../../client/panels/admin/account-draft.ts';
import { actionWord, detailWords } from '../../../../client/panels/admin/audit-words.ts';
import { unfitness } from '../../../../client/panels/workbook/checked-workbook.ts';
import { newAccountSchema } from '../../../../geodata/contract/accounts.ts';

const layers = ['mine_sites', 'mine_patches'];

describe('an account typed by an administrator', () => {
  it('begins as an editor of all that is marked and says what is missing', () => {
    const draft = firstAccountDraft(null, layers);
    expect(draft).toMatchObject({ role: 'editor', layers, units: [] });
    expect(readAccount(draft).problems).toEqual([
      { field: 'username', why: 'required' },
      { field: 'name', why: 'required' },
      { field: 'units', why: 'chooseOne' },
    ]);
    expect(readAccount({ ...draft, username: '王 工' }).problems[0]).toEqual({
      field: 'username',
      why: 'usernameWrong',
    });
  });

  it('has a scope only for roles that have one', () => {
    const draft = {
      username: ' City-2 ',
      name: '市局',
      role: 'city_reviewer' as const,
      layers,
      units: ['360732'],
    };
    const { account, problems } = readAccount(draft);
    expect(problems).toEqual([]);
    expect(newAccountSchema.parse(account)).toMatchObject({ username: 'city-2', layers: [], units: [] });
    expect(readAccount({ ...draft, role: 'editor' }).account.units).toEqual(['360732']);
  });
});

describe('entries of the audit', () => {
  const zh = administrationTexts['zh-CN'];

  it('are read by their action, else by what it begins with, else as they are', () => {
    expect(actionWord('account.add', zh)).toBe('添加账号');
    expect(actionWord('read.items', zh)).toBe('查看数据 (items)');
    expect(actionWord('something.new', zh)).toBe('something.new');
  });

  it('tell their details in one line', () => {
    expect(detailWords({ role: 'editor', units: ['360732'] })).toBe('role editor · units ["360732"]');
  });
});

describe('a file chosen as a workbook', () => {
  it('is not sent when it cannot be one', () => {
    expect(unfitness({ name: '月报.XLSX', size: 20_000 })).toBeNull();
    expect(unfitness({ name: '月报.xls', size: 20_000 })).toBe('notXlsx');
    expect(unfitness({ name: '月报.xlsx', size: 11 * 2 ** 20 })).toBe('tooLarge');
  });
});
