/**
 * Builds the client when its sources changed, so that `npm start` needs no step of its own.
 * The build runs in a process of its own beside the start of the database.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartupError } from './errors.ts';

const projectDir = fileURLToPath(new URL('..', import.meta.url));
/** Folder the built client is served from. */
export const clientBuildDir = join(projectDir, '.build', 'client');
const stampFile = join(clientBuildDir, '.sources.sha256');

/** Resolves when `.build/client` matches the sources. Throws StartupError with the builder's words. */
export async function ensureClientBuilt(onProgress: (line: string) => void): Promise<void> {
  const stamp = hashSources();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  onProgress('构建网页 · Building the client …');
  await runVite();
  await writeFile(stampFile, stamp);
}

function hashSources(): string {
  const hash = createHash('sha256');
  const roots = ['client', 'geodata', 'package.json', 'package-lock.json', 'tsconfig.json'];
  for (const file of roots.flatMap((root) => listFiles(join(projectDir, root)))) {
    hash.update(relative(projectDir, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function listFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .flatMap((entry) => listFiles(join(path, entry.name)))
    .sort();
}

function runVite(): Promise<void> {
  const vite = join(projectDir, 'node_modules', 'vite', 'bin', 'vite.js');
  const configFile = join(projectDir, 'client', 'vite.config.ts');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--config', configFile, '--logLevel', 'warn'], {
      cwd: join(projectDir, 'client'),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new StartupError({
            zh: `网页构建失败(代码 ${code}):\n${output}`,
            en: `The client could not be built (code ${code}):\n${output}`,
          }),
        );
    });
  });
}
