/**
 * `npm test`: installs what the machine lacks where it may, runs the checks and every test, and ends
 * with a plain line `N passed, N failed`. In CI nothing may be left out: a missing program fails the run.
 * `npm test -- --project pure` and other vitest arguments narrow it down (then without the checks).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureClientBuilt } from '../server/client-build.ts';

type Need = {
  what: string;
  packages: string[];
  present: () => boolean;
  leavesOut: string;
  /** Too large to install for a run (500 MB): what it shows is an extra where it happens to be there. */
  isExtra?: true;
};

const projectDir = fileURLToPath(new URL('..', import.meta.url));
const inCi = process.env.CI !== undefined && process.env.CI !== '' && process.env.CI !== 'false';

const needs: Need[] = [
  {
    what: 'Chromium',
    packages: ['chromium'],
    present: () => inPath('chromium') || inPath('chromium-browser') || inPath('google-chrome'),
    leavesOut: 'the browser tests',
  },
  {
    what: 'a Chinese font',
    packages: ['fonts-noto-cjk'],
    present: () =>
      existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') ||
      (inPath('fc-list') && run('fc-list', [':lang=zh', 'family']).stdout.trim() !== ''),
    leavesOut: 'nothing, but screenshots show boxes for Chinese',
  },
  {
    what: 'PostgreSQL with PostGIS',
    packages: ['postgresql', 'postgresql-postgis'],
    present: () => postgresWithPostgis(),
    leavesOut: 'every test on the server engine',
  },
  {
    what: 'GDAL (ogrinfo)',
    packages: ['gdal-bin'],
    present: () => inPath('ogrinfo'),
    leavesOut: 'the reads by GDAL',
  },
  {
    what: 'Poppler (pdftotext, pdftoppm, pdffonts)',
    packages: ['poppler-utils'],
    present: () => ['pdftotext', 'pdftoppm', 'pdffonts'].every(inPath),
    leavesOut: 'what is read back and measured of printed PDFs',
  },
  {
    what: 'QGIS for Python',
    packages: [],
    present: () => run('/usr/bin/python3', ['-c', 'import qgis.core']).status === 0,
    leavesOut: 'one more read of the collections, by QGIS itself',
    isExtra: true,
  },
];

const passThrough = process.argv.slice(2);
installMissing();
const leftOut = needs.filter((need) => !need.present());
for (const need of leftOut) console.log(`Left out, as ${need.what} is not installed: ${need.leavesOut}.`);

let failedSteps = inCi && leftOut.some(({ isExtra }) => !isExtra) ? 1 : 0;
if (failedSteps > 0) console.error('In CI nothing is left out: this run fails.');

await ensureClientBuilt((line) => console.log(line));
if (passThrough.length === 0) failedSteps += runChecks();
const counted = runTests();
const failed = counted.failed + failedSteps;
console.log(
  `${counted.passed} passed, ${failed} failed${counted.skipped > 0 ? `, ${counted.skipped} skipped` : ''}`,
);
process.exit(failed > 0 || counted.broken || (inCi && counted.skipped > 0) ? 1 : 0);

function runChecks(): number {
  const steps: [name: string, command: string[]][] = [
    ['types of server, geodata and tests', ['tsc', '-p', 'tsconfig.json']],
    ['types of the client', ['tsc', '-p', 'client/tsconfig.json']],
    ['types of browser tests and benches', ['tsc', '-p', 'test/browser/tsconfig.json']],
    ['lint and format', ['biome', 'ci', '--reporter=summary', '.']],
    ['dead exports', ['knip']],
  ];
  let broken = 0;
  for (const [name, [program = '', ...rest]] of steps) {
    const result = run(join(projectDir, 'node_modules/.bin', program), rest);
    console.log(`${result.status === 0 ? 'ok    ' : 'BROKEN'} ${name}`);
    if (result.status === 0) continue;
    broken += 1;
    console.error(result.stdout + result.stderr);
  }
  return broken;
}

function runTests(): { passed: number; failed: number; skipped: number; broken: boolean } {
  const report = join(projectDir, '.build', 'test-results.json');
  mkdirSync(join(projectDir, '.build'), { recursive: true });
  rmSync(report, { force: true });
  const vitest = join(projectDir, 'node_modules/vitest/vitest.mjs');
  const args = ['run', '--config', 'test/vitest.config.ts', '--reporter=default', '--reporter=json'];
  const result = spawnSync(
    process.execPath,
    [vitest, ...args, `--outputFile.json=${report}`, ...passThrough],
    {
      cwd: projectDir,
      stdio: 'inherit',
      // Hundreds of threads and processes start from the same TypeScript.
      env: { ...process.env, NODE_COMPILE_CACHE: join(projectDir, '.build', 'compiled') },
    },
  );
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, broken: true };
  const summary = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numFailedTestSuites: number;
  };
  return {
    passed: summary.numPassedTests,
    failed: Math.max(summary.numFailedTests, result.status === 0 ? 0 : 1),
    skipped: summary.numPendingTests,
    broken: result.status !== 0,
  };
}

/** As root on Debian what is missing is installed; elsewhere it is only said. */
function installMissing(): void {
  const missing = needs.filter((need) => !need.isExtra && !need.present());
  if (missing.length === 0 || process.getuid?.() !== 0 || !inPath('apt-get')) return;
  const packages = missing.flatMap((need) => need.packages);
  console.log(`Installing ${packages.join(' ')} …`);
  run('apt-get', ['update', '-qq']);
  const installed = run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    DEBIAN_FRONTEND: 'noninteractive',
  });
  if (installed.status !== 0) console.error(installed.stderr);
}

function postgresWithPostgis(): boolean {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  return versions.some(
    (version) =>
      Number(version) >= 15 &&
      existsSync(`/usr/lib/postgresql/${version}/bin/initdb`) &&
      existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`),
  );
}

function inPath(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(':');
  return folders.some((folder) => existsSync(join(folder, program)));
}

function run(
  program: string,
  args: string[],
  environment: Record<string, string> = {},
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(program, args, {
    cwd: projectDir,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  });
}
