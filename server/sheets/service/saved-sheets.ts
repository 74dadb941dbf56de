/** Sheets that accounts keep under a name: each sees and changes its own only. */
import { type SavedSheet, type SheetSpec, sheetSpecSchema } from '../../../geodata/contract/sheets.ts';
import type { Queryable } from '../../db/database.ts';
import { namedSql } from '../../db/named-sql.ts';
import { NotFoundError, UnprocessableError } from '../../errors.ts';

const lookup = { class: 'lookup' } as const;
const mostOfOneAccount = 200;
type SavedRow = { name: string; spec: unknown; saved_at: string };

/** In order of name. What a later version can no longer read is left out. */
export async function listSavedSheets(database: Queryable, accountId: string): Promise<SavedSheet[]> {
  const rows = await database.query<SavedRow>(namedSql('saved-sheets/list'), [accountId], lookup);
  return rows.flatMap((row) => toSavedSheet(row) ?? []);
}

/** Throws NotFoundError. */
export async function findSavedSheet(
  database: Queryable,
  accountId: string,
  name: string,
): Promise<SavedSheet> {
  const found = (await listSavedSheets(database, accountId)).find((sheet) => sheet.name === name);
  if (found === undefined) throw noSuchSheet(name);
  return found;
}

/** Over one of the same name. Throws UnprocessableError where the account has 200 others. */
export async function saveSheet(
  database: Queryable,
  accountId: string,
  { name, spec }: { name: string; spec: SheetSpec },
): Promise<SavedSheet> {
  const rows = await database.query<SavedRow>(
    namedSql('saved-sheets/save'),
    [accountId, name, JSON.stringify(spec), mostOfOneAccount],
    lookup,
  );
  const saved = rows[0] === undefined ? undefined : toSavedSheet(rows[0]);
  if (saved === undefined) throw tooManySaved();
  return saved;
}

/** Throws NotFoundError. */
export async function removeSavedSheet(database: Queryable, accountId: string, name: string): Promise<void> {
  const removed = await database.query(namedSql('saved-sheets/remove'), [accountId, name], lookup);
  if (removed.length === 0) throw noSuchSheet(name);
}

function toSavedSheet({ name, spec, saved_at: savedAt }: SavedRow): SavedSheet | undefined {
  const parsed = sheetSpecSchema.safeParse(spec);
  return parsed.success ? { name, spec: parsed.data, savedAt } : undefined;
}

function noSuchSheet(name: string): NotFoundError {
  return new NotFoundError(
    { zh: `没有保存名为“${name}”的图幅。`, en: `There is no saved sheet named "${name}".` },
    { field: 'name' },
  );
}

function tooManySaved(): UnprocessableError {
  return new UnprocessableError(
    {
      zh: `最多保存 ${mostOfOneAccount} 幅,请先删除不用的。`,
      en: `At most ${mostOfOneAccount} sheets can be saved; delete some first.`,
    },
    { field: 'name' },
  );
}
