/**
 * Accounts that nobody asked for by name: the administrator of a service that has none, and those that come with the sample,
 * one of each role, for trying it. Their passwords are made up, told once, and kept in a file of the data folder.
 */
import type { NewAccount } from '../../geodata/contract/accounts.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import {
  firstUsername,
  type KeptSampleAccount,
  keepFirstPassword,
  keepSampleAccounts,
  readSampleAccounts,
} from './kept-passwords.ts';
import { changeAccount, insertAccount, listAccounts } from './manage-accounts.ts';
import { createPasswords, randomPassword } from './passwords.ts';

/** `sample`: kept in sample-accounts.json; `first`: one account, whose password must be changed at once. */
export type FirstAccounts = { kind: 'none' | 'first' | 'sample'; accounts: KeptSampleAccount[] };

const lookup = { class: 'lookup' } as const;

/** Adds accounts where there is none at all: those of the sample where it is loaded, else one administrator. */
export async function ensureFirstAccounts(context: Context): Promise<FirstAccounts> {
  const { accounts, sample } = await countAccounts(context.database);
  if (accounts > 0) return { kind: 'none', accounts: [] };
  const hasSample = sample > 0;
  const added = await addAll(context, hasSample ? sampleAccounts(context) : [firstAccount()], {
    actor: 'npm start',
    isSample: hasSample,
    mayAdd: (counts) => counts.accounts === 0,
  });
  const [first] = added;
  if (first === undefined) return { kind: 'none', accounts: [] };
  await keep(context, hasSample ? 'sample' : 'first', added);
  return { kind: hasSample ? 'sample' : 'first', accounts: added };
}

/** With a sample loaded later: those of its accounts whose usernames are free. Returns them with their passwords. */
export async function addSampleAccounts(context: Context, actor: string): Promise<KeptSampleAccount[]> {
  const taken = new Set((await listAccounts(context)).map(({ username }) => username));
  const missing = sampleAccounts(context).filter(({ username }) => !taken.has(username));
  const added = await addAll(context, missing, { actor, isSample: true, mayAdd: () => true });
  const before = await readSampleAccounts(context.config.dataDir);
  if (added.length > 0) await keep(context, 'sample', [...before, ...added]);
  return added;
}

/**
 * With the sample its accounts go: disabled, for what they did stays in the trace; all but the administrator, so that
 * somebody is left. Returns the usernames that were disabled.
 */
export async function disableSampleAccounts(context: Context, actor: string): Promise<string[]> {
  const going = (await listAccounts(context)).filter(
    ({ isSample, username, disabledAt }) => isSample && username !== firstUsername && disabledAt === null,
  );
  for (const { id } of going) {
    await changeAccount(context, { id, version: null, change: { disabled: true }, actor });
  }
  await keepSampleAccounts(context.config.dataDir, []);
  return going.map(({ username }) => username);
}

type Counts = { accounts: number; administrators: number; sample: number };

async function countAccounts(client: Queryable): Promise<Counts> {
  const [counts] = await client.query<Counts>(namedSql('accounts/count-accounts'), [], lookup);
  return counts ?? { accounts: 0, administrators: 0, sample: 0 };
}

/** All or none; none where `mayAdd` says so of the state in which nobody else adds any. */
async function addAll(
  context: Context,
  asked: readonly NewAccount[],
  options: { actor: string; isSample: boolean; mayAdd: (counts: Counts) => boolean },
): Promise<KeptSampleAccount[]> {
  const { hash } = createPasswords(context.config.accounts.passwordCost);
  const prepared = await Promise.all(
    asked.map(async (account) => {
      const password = randomPassword();
      return { account, password, passwordHash: await hash(password) };
    }),
  );
  return context.database.transaction(
    async (client) => {
      await client.query(namedSql('accounts/lock-accounts'), [], lookup);
      if (!options.mayAdd(await countAccounts(client))) return [];
      const added: KeptSampleAccount[] = [];
      for (const { account, password, passwordHash } of prepared) {
        const { actor, isSample } = options;
        const record = await insertAccount(context, client, account, { actor, isSample, passwordHash });
        if (record === null) continue;
        added.push({ username: record.username, password, role: record.role, counties: record.units });
      }
      return added;
    },
    { class: 'lookup' },
  );
}

/** A file that cannot be written must not hinder the start: the passwords are told on the terminal too. */
async function keep(
  { config: { dataDir }, log }: Context,
  kind: 'first' | 'sample',
  accounts: readonly KeptSampleAccount[],
): Promise<void> {
  try {
    if (kind === 'sample') await keepSampleAccounts(dataDir, accounts);
    else await keepFirstPassword(dataDir, accounts[0]?.password ?? '');
  } catch (error) {
    log.warn({ err: error }, 'the passwords given could not be kept in the data folder');
  }
}

function firstAccount(): NewAccount {
  return { username: firstUsername, name: '管理员', role: 'administrator', layers: [], units: [] };
}

/** The county of the sample's two county accounts, where the region has it. */
const preferredCounty = { adcode: '360732', prefix: 'xingguo' };

function sampleAccounts({ region, catalogue }: Pick<Context, 'region' | 'catalogue'>): NewAccount[] {
  const county =
    region.counties.find(({ adcode }) => adcode === preferredCounty.adcode) ?? region.counties[0];
  if (county === undefined) throw new Error(`the region ${region.id} has no county`);
  const prefix =
    county.adcode === preferredCounty.adcode ? preferredCounty.prefix : `county-${county.adcode}`;
  const layers = catalogue
    .filter(({ permissions }) => permissions.edit === 'reporting-unit')
    .map(({ id }) => id);
  const scope = { layers, units: [county.adcode] };
  const nowhere = { layers: [], units: [] };
  return [
    firstAccount(),
    { username: 'city', name: '市级审核(示意)', role: 'city_reviewer', ...nowhere },
    { username: `${prefix}-editor`, name: `${county.name}填报(示意)`, role: 'editor', ...scope },
    { username: `${prefix}-reviewer`, name: `${county.name}审核(示意)`, role: 'county_reviewer', ...scope },
    { username: 'viewer', name: '查看(示意)', role: 'viewer', ...nowhere },
  ];
}
