/**
 * The command line: `npm run <command> -- …`. Hands the command to the server that holds the data folder,
 * or opens the database itself when none does. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 cancelled.
 */
import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import { type Config, readConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { runInServer } from '../control/control-client.ts';
import { DataFolderInUseError } from '../db/embedded/folder-lock.ts';
import { LantuError, StartupError } from '../errors.ts';
import { findRegion, openContext } from '../open-context.ts';
import { type Command, type Language, type Reporter, UsageError } from './command.ts';
import { commands, findCommand } from './commands.ts';

/** A server that starts holds the folder some seconds before it listens; another command may hold it longer. */
const waitForFolderMs = 60_000;

const folderInUse = {
  zh: '数据目录正被另一个览图进程使用(服务正在启动,或另一条命令正在运行),等候中,按 Ctrl-C 放弃…',
  en: 'Another Lantu process uses the data folder (a server that starts, or a command); waiting, Ctrl-C gives up …',
};

const { language, typedLanguage, words } = takeLanguage(process.argv.slice(2), process.env);
const abort = new AbortController();
process.once('SIGINT', () => abort.abort(cancelled()));
process.once('SIGTERM', () => abort.abort(cancelled()));
const reporter: Reporter = { report: (text) => console.log(text[language]), signal: abort.signal };
process.exitCode = await main(words).catch(explain);

async function main([id, ...others]: string[]): Promise<number> {
  const command = await findCommand(id);
  if (command === undefined) {
    const all = await Promise.all(Object.values(commands).map((load) => load()));
    const list = all.map((each) => each.usage(language));
    console.error(list.join('\n\n'));
    return id === undefined || id === '--help' ? 0 : 2;
  }
  const rest =
    command.takesLanguage && typedLanguage !== undefined ? [...others, '--lang', typedLanguage] : others;
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(command.usage(language));
    return 0;
  }
  // npm runs scripts in the project's folder; INIT_CWD is where the person typed.
  const folder = process.env.INIT_CWD ?? process.cwd();
  try {
    command.parse(rest, folder);
  } catch (error) {
    if (error instanceof UsageError) console.error(`${error.text[language]}\n\n${command.usage(language)}`);
    throw error;
  }
  const { config, warnings } = readConfig(process.env);
  for (const warning of warnings) console.error(warning);
  await runCommand(command, rest, folder, config);
  return 0;
}

async function runCommand(command: Command, rest: string[], folder: string, config: Config): Promise<void> {
  const deadline = Date.now() + waitForFolderMs;
  for (let isToldToWait = false; ; isToldToWait = true) {
    if (config.databaseUrl === undefined) {
      const request = { command: command.id, words: rest, folder };
      if ((await runInServer(config.dataDir, request, reporter)) === 'done') return;
    }
    try {
      return await runHere(command, rest, folder, config);
    } catch (error) {
      if (!(error instanceof DataFolderInUseError) || Date.now() > deadline) throw error;
      if (!isToldToWait) reporter.report(folderInUse);
      await delay(500, undefined, { signal: abort.signal }).catch(() => abort.signal.throwIfAborted());
    }
  }
}

async function runHere(command: Command, rest: string[], folder: string, config: Config): Promise<void> {
  command.prepare();
  const context = await openHere(config);
  try {
    await command.parse(rest, folder).run(context, reporter);
  } finally {
    await context.database.close();
  }
}

function openHere(config: Config): Promise<Context> {
  const level = config.logLevel === 'info' ? 'warn' : config.logLevel;
  const log = pino({ level }, pino.destination({ dest: 2, sync: true }));
  return openContext({ config, region: findRegion(config.regionId), log, onProgress: reporter.report });
}

function explain(error: unknown): number {
  if (error instanceof UsageError) return 2;
  if (!(error instanceof LantuError)) {
    console.error(error);
    return 1;
  }
  console.error(error.text[language]);
  return abort.signal.aborted ? 130 : 1;
}

/** `--lang en` anywhere, else LC_ALL, LC_MESSAGES or LANG; Chinese where they say neither. */
function takeLanguage(
  typed: string[],
  environment: NodeJS.ProcessEnv,
): { language: Language; typedLanguage: string | undefined; words: string[] } {
  const at = typed.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const asked = at < 0 ? undefined : typed[at]?.includes('=') ? typed[at]?.slice(7) : typed[at + 1];
  const words =
    at < 0 ? typed : typed.filter((_, index) => index !== at && (index !== at + 1 || typed[at] !== '--lang'));
  const locale = asked ?? environment.LC_ALL ?? environment.LC_MESSAGES ?? environment.LANG ?? '';
  return { language: /^en/i.test(locale) ? 'en' : 'zh', typedLanguage: asked, words };
}

function cancelled(): LantuError {
  return new StartupError({ zh: '已取消', en: 'Cancelled' });
}
