/** Saved mappings of columns to fields (字段对照方案), used again for the next delivery of the same kind. */
import type { ImportProfile } from '../../geodata/contract/imports.ts';
import { importableFields } from '../../geodata/domain/suggest-columns.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { NotFoundError, UnprocessableError } from '../errors.ts';

const lookup = { class: 'lookup' } as const;
type ProfileRow = { name: string; layer_id: string; columns: Record<string, string | null> };

/** In order of layer and name. */
export async function listProfiles({ database }: Pick<Context, 'database'>): Promise<ImportProfile[]> {
  const rows = await database.query<ProfileRow>(namedSql('imports/list-profiles'), [], lookup);
  return rows.map(toProfile);
}

/** Stores the profile, over one of the same name. Throws UnprocessableError for a layer or field there is not. */
export async function saveProfile(
  { database, catalogue }: Pick<Context, 'database' | 'catalogue'>,
  profile: ImportProfile,
): Promise<ImportProfile> {
  const layer = catalogue.find(({ id }) => id === profile.layerId);
  if (layer === undefined) {
    throw new UnprocessableError(
      { zh: `没有图层“${profile.layerId}”。`, en: `There is no layer "${profile.layerId}".` },
      { field: 'layerId' },
    );
  }
  const fields = new Set(importableFields(layer).map(({ name }) => name));
  const unknown = Object.keys(profile.columns).filter((field) => !fields.has(field));
  if (unknown.length > 0) {
    const list = unknown.join('、');
    throw new UnprocessableError(
      {
        zh: `“${layer.title.zh}”没有可导入的字段:${list}`,
        en: `"${layer.title.en}" has no such fields to import: ${list}`,
      },
      { field: 'columns' },
    );
  }
  const columns = JSON.stringify(profile.columns);
  await database.query(namedSql('imports/save-profile'), [profile.name, profile.layerId, columns], lookup);
  return profile;
}

/** Throws NotFoundError for a name there is not. */
export async function removeProfile({ database }: Pick<Context, 'database'>, name: string): Promise<void> {
  const removed = await database.query(namedSql('imports/remove-profile'), [name], lookup);
  if (removed.length === 0) throw noProfile(name, []);
}

/** The profile of that name. Throws NotFoundError, which lists those there are, and UnprocessableError for one of another layer. */
export async function findProfile(client: Queryable, name: string, layerId: string): Promise<ImportProfile> {
  const rows = await client.query<ProfileRow>(namedSql('imports/list-profiles'), [], lookup);
  const found = rows.find((row) => row.name === name);
  if (found === undefined) {
    throw noProfile(
      name,
      rows.filter((row) => row.layer_id === layerId).map((row) => row.name),
    );
  }
  if (found.layer_id !== layerId) {
    throw new UnprocessableError(
      {
        zh: `字段对照方案“${name}”属于图层 ${found.layer_id},不适用于 ${layerId}。`,
        en: `The mapping profile "${name}" is for the layer ${found.layer_id}, not for ${layerId}.`,
      },
      { field: 'profile' },
    );
  }
  return toProfile(found);
}

function toProfile({ name, layer_id: layerId, columns }: ProfileRow): ImportProfile {
  return { name, layerId, columns };
}

function noProfile(name: string, others: readonly string[]): NotFoundError {
  const list = others.join('、') || '—';
  return new NotFoundError(
    {
      zh: `没有字段对照方案“${name}”。本图层已有:${list}`,
      en: `There is no mapping profile "${name}"; this layer has: ${list}`,
    },
    { field: 'profile' },
  );
}
