/**
 * `npm run dev`: the server restarts when its sources change, the client reloads in place.
 * The page comes from Vite on its own port, which hands /ogc and /api on to the server.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { readConfig } from './config.ts';

const { config } = readConfig(process.env);
const backend = `http://${config.host}:${config.port}`;
const projectDir = fileURLToPath(new URL('..', import.meta.url));

const server = spawn(
  process.execPath,
  ['--watch', '--watch-path=server', '--watch-path=geodata', '--watch-path=sql', 'server/main.ts'],
  { cwd: projectDir, stdio: 'inherit' },
);

const vite = await createServer({
  configFile: fileURLToPath(new URL('../client/vite.config.ts', import.meta.url)),
  server: {
    host: config.host,
    proxy: Object.fromEntries(
      ['/ogc', '/api', '/health', '/ready', '/metrics'].map((path) => [
        path,
        {
          target: backend,
          rewrite: (url: string) => config.basePath + url,
          // The client's own modules lie at /api/*.ts here.
          bypass: ({ url }: { url?: string }) => (/\.tsx?(\?|$)/.test(url ?? '') ? url : undefined),
        },
      ]),
    ),
  },
});
await vite.listen();
vite.printUrls();

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  server.kill('SIGTERM');
  await vite.close();
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
server.on('exit', (code) => {
  void stop().then(() => process.exit(code ?? 0));
});
