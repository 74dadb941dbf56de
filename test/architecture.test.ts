/**
 * Keeps the walls of the house: who may import whom, no import cycles, one place each for raw overlays,
 * the Map, the environment and sql/. The rules are a pure function, itself tested with planted faults.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findCycles, findViolations, type SourceFile } from './architecture-rules.ts';

const projectDir = fileURLToPath(new URL('..', import.meta.url));

function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: projectDir,
    encoding: 'utf8',
  });
  return listed.split('\n').filter((path) => path !== '');
}

function projectSources(): SourceFile[] {
  return projectFiles()
    .filter((path) => /\.(ts|tsx|mjs|sql|css|html)$/.test(path) && !path.startsWith('test/'))
    .flatMap((path) => {
      try {
        return [{ path, text: readFileSync(`${projectDir}/${path}`, 'utf8') }];
      } catch {
        return [];
      }
    });
}

describe('the house', () => {
  it('has only the agreed entries at its top level', () => {
    const allowed = new Set([
      ...['server', 'client', 'geodata', 'sql', 'test'],
      ...['package.json', 'package-lock.json', 'tsconfig.json', 'README.md', 'LICENSE'],
    ]);
    const top = new Set(projectFiles().map((path) => path.split('/')[0] ?? ''));
    expect([...top].filter((entry) => !allowed.has(entry) && !entry.startsWith('.'))).toEqual([]);
  });

  it('keeps its walls', () => {
    expect(projectSources().length).toBeGreaterThan(50);
    expect(findViolations(projectSources())).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(findCycles(projectSources())).toEqual([]);
  });
});

describe('the rules themselves', () => {
  const planted: [name: string, file: SourceFile, rule: string][] = [
    [
      'server imports client',
      { path: 'server/a.ts', text: "import x from '../client/x.ts';" },
      'may not import',
    ],
    [
      'geodata imports server',
      { path: 'geodata/a.ts', text: "import x from '../server/x.ts';" },
      'may not import',
    ],
    [
      'client imports server',
      { path: 'client/a.ts', text: "export { x } from '../server/x.ts';" },
      'may not import',
    ],
    ['geodata does I/O', { path: 'geodata/a.ts', text: "import fs from 'node:fs';" }, 'no I/O'],
    [
      'a part imports routes of another',
      { path: 'server/search/a.ts', text: "import { r } from '../features/routes.ts';" },
      'routes',
    ],
    [
      'the context is imported as a value',
      { path: 'server/search/a.ts', text: "import { Context } from '../context.ts';" },
      'as a type',
    ],
    ['a raw overlay in SQL', { path: 'sql/queries/x/a.sql', text: 'select ST_Union(geom)' }, 'overlay'],
    [
      'a raw overlay in code',
      { path: 'server/x/a.ts', text: "const sql = 'select st_buffer(g, 1)';" },
      'overlay',
    ],
    [
      'sql/ read outside db/',
      { path: 'server/x/a.ts', text: "readFileSync(new URL('../../sql/queries/a.sql'))" },
      'sql/',
    ],
    [
      'a second owner of the Map',
      { path: 'client/panels/a.tsx', text: "import { Map } from 'maplibre-gl';" },
      'Map',
    ],
    ['the environment read elsewhere', { path: 'server/x/a.ts', text: 'process.env.PORT' }, 'environment'],
    [
      'a remote address in the client',
      { path: 'client/a.ts', text: "fetch('https://cdn.example.org/x')" },
      'origin',
    ],
    ['any without a reason', { path: 'server/x/a.ts', text: 'const a = b as any;' }, 'any'],
  ];

  it.each(planted)('find that %s', (_name, file, rule) => {
    const found = findViolations([file]);
    expect(found.length).toBe(1);
    expect(found[0]).toContain(rule);
  });

  it('find a cycle of three files', () => {
    const files = [
      { path: 'server/a.ts', text: "import './b.ts';" },
      { path: 'server/b.ts', text: "import { c } from './c.ts';" },
      { path: 'server/c.ts', text: "export type { A } from './a.ts';" },
    ];
    expect(findCycles(files)).toEqual([['server/a.ts', 'server/b.ts', 'server/c.ts']]);
  });

  it('accept a file that keeps them', () => {
    const file = {
      path: 'server/x/a.ts',
      text: "import type { Context } from '../context.ts';\n// ST_Union",
    };
    expect(findViolations([file])).toEqual([]);
  });
});
