/** The walls of the house as data and pure functions over file texts; architecture.test.ts applies them. */
import { posix } from 'node:path';

export type SourceFile = { path: string; text: string };

type Import = { specifier: string; typeOnly: boolean };

const wholeRooms: Record<string, string[]> = {
  geodata: ['geodata'],
  client: ['client', 'geodata'],
  server: ['server', 'geodata'],
};

/** Raw GEOS overlays: lost exceptions on the embedded engine turn into missing rows. */
const rawOverlay =
  /\bST_(Intersection|Union|UnaryUnion|Difference|SymDifference|MakeValid|Buffer|BuildArea|Node|Split|Snap|ClusterIntersecting|Polygonize|Subdivide)\s*\(/i;

/** One line per breach, as `path: what`; empty when all walls stand. */
export function findViolations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [...wallViolations(file), ...textViolations(file)]);
}

function wallViolations(file: SourceFile): string[] {
  const room = file.path.split('/')[0] ?? '';
  const allowed = wholeRooms[room];
  if (allowed === undefined) return [];
  return importsOf(file).flatMap(({ specifier, typeOnly }) => {
    if (!specifier.startsWith('.')) {
      if (room === 'geodata' && /^(node:|pg$|express$|fs$|maplibre)/.test(specifier)) {
        return [`${file.path}: geodata does no I/O, yet imports ${specifier}`];
      }
      if (room === 'client' && !file.path.startsWith('client/map/') && /^maplibre-gl/.test(specifier)) {
        return [`${file.path}: only client/map owns the Map, yet this imports ${specifier}`];
      }
      return [];
    }
    const target = posix.join(posix.dirname(file.path), specifier);
    const targetRoom = target.split('/')[0] ?? '';
    if (!allowed.includes(targetRoom)) return [`${file.path}: ${room} may not import ${target}`];
    if (room !== 'server') return [];
    const part = file.path.split('/')[1];
    if (/\/routes(\.ts|\/)/.test(target) && target.split('/')[1] !== part && file.path !== 'server/app.ts') {
      return [`${file.path}: imports the routes of another part, ${target}`];
    }
    if (target === 'server/context.ts' && !typeOnly) {
      return [`${file.path}: context.ts is imported as a type only`];
    }
    return [];
  });
}

function textViolations({ path, text }: SourceFile): string[] {
  const code = withoutComments(path, text);
  const found: string[] = [];
  if (rawOverlay.test(code) && path !== 'sql/functions/overlay.sql') {
    found.push(`${path}: raw overlay ${rawOverlay.exec(code)?.[0]}…) outside sql/functions/overlay.sql`);
  }
  if (
    path.startsWith('server/') &&
    !path.startsWith('server/db/') &&
    /['"`./]sql\/(queries|functions|migrations)/.test(code)
  ) {
    found.push(`${path}: only server/db reads sql/`);
  }
  if (path.startsWith('server/') && /process\.env\b/.test(code) && !environmentReaders.has(path)) {
    found.push(`${path}: the environment is read in server/config.ts only`);
  }
  if (path.startsWith('client/') && /['"`(]\s*(https?:)?\/\/[a-z0-9-]+\.[a-z]/i.test(code)) {
    found.push(`${path}: an address outside the origin`);
  }
  if (/\.tsx?$/.test(path) && /(\bas|:|<)\s*any\b/.test(code)) {
    found.push(`${path}: any without a reason on its line`);
  }
  return found;
}

/** config.ts parses it; the entries hand it to config.ts. launch.mjs runs before anything can be parsed. */
const environmentReaders = new Set([
  'server/config.ts',
  'server/launch.mjs',
  'server/main.ts',
  'server/dev.ts',
  'server/cli/run.ts',
]);

/** Text without comments, so that a comment may name what code may not; lines with `any` and a comment keep neither. */
function withoutComments(path: string, text: string): string {
  if (path.endsWith('.sql')) return text.replace(/--.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '');
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^.*\bany\b.*\/\/.*$/gm, '')
    .replace(/(^|[\s;,{}()])\/\/.*$/gm, '$1');
}

function importsOf({ path, text }: SourceFile): Import[] {
  if (!/\.(ts|tsx|mjs)$/.test(path)) return [];
  const code = withoutComments(path, text);
  const statements = code.matchAll(/\b(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/g);
  const dynamic = code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g);
  return [
    ...[...statements].map((match) => ({ specifier: match[2] ?? '', typeOnly: match[1] !== undefined })),
    ...[...dynamic].map((match) => ({ specifier: match[1] ?? '', typeOnly: false })),
  ];
}

/** Import cycles, each as its files in order, starting at the alphabetically first; type imports count. */
export function findCycles(files: readonly SourceFile[]): string[][] {
  const known = new Set(files.map((file) => file.path));
  const edges = new Map(
    files.map((file) => [
      file.path,
      importsOf(file)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => posix.join(posix.dirname(file.path), specifier))
        .filter((target) => known.has(target)),
    ]),
  );
  const cycles = new Map<string, string[]>();
  const finished = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      const cycle = rotateToFirst(trail.slice(start));
      cycles.set(cycle.join(), cycle);
      return;
    }
    if (finished.has(path)) return;
    trail.push(path);
    for (const target of edges.get(path) ?? []) visit(target);
    trail.pop();
    finished.add(path);
  };
  for (const path of [...known].sort()) visit(path);
  return [...cycles.values()];
}

function rotateToFirst(cycle: string[]): string[] {
  const first = [...cycle].sort()[0] ?? '';
  const at = cycle.indexOf(first);
  return [...cycle.slice(at), ...cycle.slice(0, at)];
}
