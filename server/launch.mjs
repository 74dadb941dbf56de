// Plain JavaScript so that any Node can read it: checks the runtime, then hands over to TypeScript.
// npm puts node_modules/.bin first in PATH, where the pinned Node 24 of optionalDependencies stands.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 3)) {
  console.error(
    `Lantu needs Node 24.3 or newer; this is ${process.version} on ${process.platform}-${process.arch}.\n` +
      'On linux-x64, linux-arm64 and win-x64 `npm ci` brings it along: run `npm ci` without --omit=optional.\n' +
      'On other systems install Node 24 and run the command again.',
  );
  process.exit(1);
}
const [entry, ...rest] = process.argv.slice(2);
process.argv = [process.argv[0], entry, ...rest];
await import(new URL(entry, import.meta.url).href);
