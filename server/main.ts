/** `npm start`: reads the environment, starts the service, prints its address, stops on SIGTERM and SIGINT. */
import pino from 'pino';
import { tellFirstAccounts } from './accounts/tell-first-accounts.ts';
import { readConfig } from './config.ts';
import { LantuError } from './errors.ts';
import { findRegion } from './open-context.ts';
import { startServer } from './start-server.ts';

try {
  const { config, warnings } = readConfig(process.env);
  for (const warning of warnings) console.error(warning);
  const log = pino({ level: config.logLevel }, bufferedOutput());
  const startedAt = Date.now();
  const onProgress = (line: string): void => {
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(5);
    console.log(`${seconds} s  ${line}`);
  };
  const running = await startServer({ config, region: findRegion(config.regionId), log, onProgress });
  // Whoever reads the address may stop the service at once.
  stopOnSignals(running.stop);
  onProgress(`览图 Lantu: ${running.url}/`);
  // On the terminal only: the log may be kept and read by others.
  for (const line of tellFirstAccounts(running.firstAccounts, config.dataDir))
    console.log(`         ${line}`);
} catch (error) {
  if (!(error instanceof LantuError)) throw error;
  console.error(`${error.text.zh}\n${error.text.en}`);
  process.exitCode = 1;
}

/** Standard output for log lines, written many at once and at the latest after 100 ms; the rest when the process ends. */
function bufferedOutput() {
  return pino.destination({ minLength: 4_096, periodicFlush: 100, sync: false });
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
