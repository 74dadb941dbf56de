/** Each reason why a PostgreSQL server cannot be used is one line in both languages that says what to do. */
import { describe, expect, it } from 'vitest';
import {
  assertPostgisVersion,
  assertServerVersion,
  explainConnectionError,
  explainMissingExtension,
} from '../../../server/db/check-server.ts';
import { StartupError } from '../../../server/errors.ts';

function startupErrorOf(run: () => unknown): StartupError {
  try {
    const given = run();
    if (given instanceof StartupError) return given;
  } catch (error) {
    if (error instanceof StartupError) return error;
    throw error;
  }
  throw new Error('no StartupError');
}

describe('versions', () => {
  it.each([150_000, 150_018, 180_003])('of PostgreSQL from 15 pass: %i', (version) => {
    expect(() => assertServerVersion(version)).not.toThrow();
  });
  it('of PostgreSQL before 15 are refused by name', () => {
    expect(startupErrorOf(() => assertServerVersion(140_022)).text.en).toBe(
      'The database server is PostgreSQL 14; Lantu needs 15 or newer. Upgrade the server.',
    );
  });
  it.each(['3.3.0', '3.3.2', '3.10.1', '4.0.0', '3.6.2dev'])('of PostGIS from 3.3 pass: %s', (version) => {
    expect(() => assertPostgisVersion(version)).not.toThrow();
  });
  it.each(['3.2.9', '2.5.3', '3', ''])('of PostGIS before 3.3 are refused: %s', (version) => {
    expect(startupErrorOf(() => assertPostgisVersion(version)).text.zh).toContain('3.3 或更高版本');
  });
});

describe('connection errors', () => {
  const url = 'postgres://planner:se%63ret-word@db.example:5433/lantu';
  const failed = (code: string) => Object.assign(new Error('secret-word'), { code });
  it.each([
    ['28P01', 'refused the login of planner'],
    ['28000', 'refused the login of planner'],
    ['ENOTFOUND', 'There is no host db.example:5433'],
    ['ECONNREFUSED', 'No database server answers at db.example:5433'],
    ['3D000', 'createdb lantu'],
  ])('with code %s are one line without the password', (code, part) => {
    const { text } = startupErrorOf(() => explainConnectionError(failed(code), url));
    expect(text.en).toContain(part);
    for (const line of [text.zh, text.en]) {
      expect(line).not.toContain('\n');
      expect(line).not.toMatch(/se(c|%63)ret-word/);
    }
  });
});

describe('a missing extension', () => {
  it('that the user may not create is left to the administrator, with the statement', () => {
    const { text } = explainMissingExtension('postgis', Object.assign(new Error(), { code: '42501' }));
    expect(text.en).toContain('create extension postgis;');
    expect(text.en).not.toContain('apt');
  });
  it('that is not on the server is to be installed first', () => {
    const { text } = explainMissingExtension('postgis', Object.assign(new Error(), { code: '0A000' }));
    expect(text.zh).toContain('postgresql-15-postgis-3');
  });
});
