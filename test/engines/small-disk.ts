/** A file system so small that a test can fill it; only root on Linux can mount one. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const inCi = process.env.CI !== undefined && process.env.CI !== '' && process.env.CI !== 'false';

export type SmallDisk = {
  folder: string;
  /** Writes until nothing more fits. */
  fill(): void;
  /** Gives back what `fill` took. */
  makeRoom(): void;
  remove(): void;
};

export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'lantu-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill() {
      const file = openSync(filler, 'a');
      const block = Buffer.alloc(64 * 1024);
      try {
        for (;;) writeSync(file, block);
      } catch {
        closeSync(file);
      }
    },
    makeRoom: () => rmSync(filler, { force: true }),
    remove() {
      execFileSync('umount', ['--lazy', folder]);
      rmdirSync(folder);
    },
  };
}

/** Whether one can be mounted here; says so where not. Throws in CI, where nothing is left out. */
export function canMountSmallDisk(): boolean {
  const why = whyNot();
  if (why === undefined) return true;
  if (inCi) throw new Error(`in CI nothing is left out: the tests of a full disk cannot mount one (${why})`);
  console.warn(`Left out: the tests of a full disk, which mount a small file system (${why}).`);
  return false;
}

function whyNot(): string | undefined {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return 'only root on Linux can';
  try {
    mountSmallDisk(1).remove();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
  }
}
