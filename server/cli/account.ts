/** `npm run account`: accounts of people, from the machine the service runs on. */
import { z } from 'zod';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { type AccountRecord, newAccountSchema, usernameSchema } from '../../geodata/contract/accounts.ts';
import { roleIdSchema } from '../../geodata/contract/session.ts';
import {
  type AddedAccount,
  addAccount,
  changeAccount,
  findByUsername,
  listAccounts,
  resetPassword,
} from '../accounts/manage-accounts.ts';
import { defineCommand } from './command.ts';

const actor = 'npm run account';
const actionIds = ['add', 'reset', 'disable', 'enable', 'list'] as const;
type Given = { action: (typeof actionIds)[number]; username?: string | undefined; role?: string | undefined };

const listSchema = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

export const account = defineCommand({
  id: 'account',
  summary: {
    zh: '管理账号:add 新增,reset 重置密码,disable 停用,enable 启用,list 列出',
    en: 'Accounts: add, reset (another password), disable, enable, list',
  },
  schema: z
    .object({
      action: z.enum(actionIds),
      username: usernameSchema.optional(),
      role: roleIdSchema.optional(),
      name: z.string().trim().min(1).max(100).optional(),
      layers: listSchema.optional(),
      units: listSchema.optional(),
    })
    .refine((given: Given) => (given.action === 'list') === (given.username === undefined), {
      error: '除 list 外都要写用户名 / all but list need a USERNAME',
    })
    .refine((given: Given) => (given.action === 'add') === (given.role !== undefined), {
      error: 'add 要写 --role,其他不写 / add needs --role, the others have none',
    }),
  options: {
    action: {
      title: { zh: '要做什么', en: 'what to do' },
      value: actionIds.join('|'),
      isPositional: true,
    },
    username: {
      title: { zh: '用户名', en: 'the account' },
      value: 'USERNAME',
      isPositional: true,
    },
    role: {
      title: {
        zh: 'viewer 查看,editor 县级填报,county_reviewer 县级审核,city_reviewer 市级审核,administrator 管理员,auditor 审计',
        en: 'viewer, editor, county_reviewer, city_reviewer, administrator or auditor',
      },
      value: 'ROLE',
    },
    name: { title: { zh: '显示的姓名,不写则为用户名', en: 'name shown; else the username' }, value: 'NAME' },
    layers: {
      title: {
        zh: '县级账号的图层,用逗号分隔,例如 mine_sites',
        en: 'layers of a county account, such as mine_sites',
      },
      value: 'ID,…',
    },
    units: {
      title: {
        zh: '县级账号的填报单位,例如 360732,GZJKQ',
        en: 'reporting units of a county account, such as 360732',
      },
      value: 'CODE,…',
    },
  },
  async run(context, { action, username = '', role = 'viewer', name = username, ...scope }, { report }) {
    if (action === 'list') {
      for (const each of await listAccounts(context)) report(describe(each));
      return;
    }
    if (action === 'add') {
      const asked = newAccountSchema.parse({ username, name, role, ...scope });
      report(tellPassword(await addAccount(context, asked, { actor })));
      return;
    }
    const { id } = await findByUsername(context, username);
    if (action === 'reset') {
      report(tellPassword(await resetPassword(context, { id, actor })));
      return;
    }
    const change = { disabled: action === 'disable' };
    report(describe(await changeAccount(context, { id, version: null, change, actor })));
  },
});

function tellPassword({ account: added, password }: AddedAccount): Bilingual {
  return {
    zh: `${describe(added).zh}\n一次性密码(只显示这一次,登录后须修改):${password}`,
    en: `${describe(added).en}\nOne-time password (shown this once, to be changed at sign-in): ${password}`,
  };
}

function describe({ username, name, role, layers, units, disabledAt, sessions }: AccountRecord): Bilingual {
  const scope = units.length === 0 ? '' : `  [${layers.join(',')} @ ${units.join(',')}]`;
  const state =
    disabledAt === null
      ? { zh: `${sessions} 个登录`, en: `${sessions} sessions` }
      : { zh: '已停用', en: 'disabled' };
  return {
    zh: `${username}  ${name}  ${role}${scope}  ${state.zh}`,
    en: `${username}  ${name}  ${role}${scope}  ${state.en}`,
  };
}
