/** `npm start`: reads the environment, starts the service, prints its address, stops on SIGTERM and SIGINT. */
import { join } from 'node:path';
import pino from 'pino';
import { tokenFileName } from './accounts/administrator-token.ts';
import { readConfig } from './config.ts';
import { LantuError } from './errors.ts';
import { findRegion } from './open-context.ts';
import { startServer } from './start-server.ts';

try {
  const { config, warnings } = readConfig(process.env);
  for (const warning of warnings) console.error(warning);
  const log = pino({ level: config.logLevel });
  const startedAt = Date.now();
  const onProgress = (line: string): void => {
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(5);
    console.log(`${seconds} s  ${line}`);
  };
  const running = await startServer({ config, region: findRegion(config.regionId), log, onProgress });
  onProgress(`览图 Lantu: ${running.url}/`);
  tellSignIn(running.signInUrl, join(config.dataDir, tokenFileName));
  stopOnSignals(running.stop);
} catch (error) {
  if (!(error instanceof LantuError)) throw error;
  console.error(`${error.text.zh}\n${error.text.en}`);
  process.exitCode = 1;
}

/** The one place the token is shown; the file has it for a service whose output nobody sees. */
function tellSignIn(signInUrl: string | null, tokenPath: string): void {
  if (signInUrl === null) {
    console.log(
      '         管理员只能从本机登录:请将 HOST 设为 127.0.0.1 或 0.0.0.0 · the administrator signs in from this machine only: set HOST to 127.0.0.1 or 0.0.0.0',
    );
    return;
  }
  console.log(
    `         管理员登录(仅限本机,口令每次启动更换)· administrator, on this machine only, new with each start:\n` +
      `         ${signInUrl}\n` +
      `         口令也在 · the token is also in ${tokenPath}`,
  );
}

function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    console.log(`${signal}: 正在停止 · stopping …`);
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
