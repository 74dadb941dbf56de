/** Commands beside a running server: it runs them in turn, says what they do, and stops them when nobody waits. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Command, defineCommand, type Reporter } from '../../server/cli/command.ts';
import type { Context } from '../../server/context.ts';
import { controlAddress } from '../../server/control/control-address.ts';
import { runInServer } from '../../server/control/control-client.ts';
import { type ControlServer, startControl } from '../../server/control/control-server.ts';
import { UnprocessableError } from '../../server/errors.ts';
import { silentLog } from '../engines/database-place.ts';

type Running = { words: string; reporter: Reporter; end: () => void };

let folder: string;
let control: ControlServer;
/** What the server has begun, in order. */
let begun: Running[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantu-control-'));
  begun = [];
  // Only what control needs of a context; the commands here touch no database.
  const context = {
    config: { dataDir: folder },
    database: { engine: 'embedded' },
    log: silentLog,
  } as Context;
  const commands = new Map([waitCommand, failCommand].map((command) => [command.id, command]));
  control = await startControl(context, async (id) => commands.get(id));
});
afterEach(async () => {
  await control.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs until the test ends it or its signal is aborted. */
const waitCommand: Command = defineCommand({
  id: 'wait',
  summary: { zh: '等', en: 'wait' },
  schema: z.object({ file: z.string() }),
  options: { file: { title: { zh: '文件', en: 'file' }, value: 'FILE', isPath: true, isPositional: true } },
  run(_context, { file }, reporter) {
    reporter.report({ zh: `开始 ${file}`, en: `begins ${file}` });
    return new Promise((resolve, reject) => {
      begun.push({ words: file, reporter, end: resolve });
      reporter.signal.addEventListener('abort', () => reject(reporter.signal.reason));
    });
  },
});
const failCommand: Command = defineCommand({
  id: 'fail',
  summary: { zh: '错', en: 'fail' },
  schema: z.object({ how: z.string().optional() }),
  options: { how: { title: { zh: '方式', en: 'how' }, value: 'HOW' } },
  run(_context, { how }) {
    if (how === undefined) throw new UnprocessableError({ zh: '做不到', en: 'cannot be done' });
    throw new TypeError(how);
  },
});

function ask(command: string, words: string[], signal = new AbortController().signal) {
  const lines: string[] = [];
  const reporter = { report: (text: { en: string }) => lines.push(text.en), signal };
  return { lines, answer: runInServer(folder, { command, words, folder: '/home/planner' }, reporter) };
}
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('a running server', () => {
  it('runs a command with the folder it was typed in, and passes its lines on', async () => {
    const { lines, answer } = ask('wait', ['a.zip']);
    await until(() => begun.length === 1);
    begun[0]?.end();
    expect(await answer).toBe('done');
    expect(lines).toEqual(['begins /home/planner/a.zip']);
  });

  it('listens where only the owner of the data folder can reach it', async () => {
    expect((await stat(controlAddress(folder))).mode & 0o777).toBe(0o600);
  });

  it('hands on why a command failed, and serves on', async () => {
    await expect(ask('fail', []).answer).rejects.toMatchObject({
      text: { zh: '做不到', en: 'cannot be done' },
    });
    await expect(ask('fail', ['--how', 'oops']).answer).rejects.toThrow('oops');
    await expect(ask('fail', ['--nothing']).answer).rejects.toThrow('There is no option --nothing');
    await expect(ask('other', []).answer).rejects.toThrow('no command "other"');
    await expect(ask('constructor', []).answer).rejects.toThrow('no command "constructor"');
  });

  it('runs commands one after the other and says that one waits', async () => {
    const first = ask('wait', ['1']);
    await until(() => begun.length === 1);
    const second = ask('wait', ['2']);
    const third = ask('wait', ['3']);
    await until(() => second.lines.length > 0 && third.lines.length > 0);
    expect(second.lines).toEqual(['Another command is running; waiting for it …']);
    expect(begun.map(({ words }) => words)).toEqual(['/home/planner/1']);
    begun[0]?.end();
    await until(() => begun.length === 2);
    begun[1]?.end();
    await until(() => begun.length === 3);
    begun[2]?.end();
    expect(await Promise.all([first.answer, second.answer, third.answer])).toEqual(['done', 'done', 'done']);
    expect(begun.map(({ words }) => words)).toEqual([
      '/home/planner/1',
      '/home/planner/2',
      '/home/planner/3',
    ]);
  });

  it('aborts a command when its person leaves, running or waiting, and goes on with the next', async () => {
    const leave = new AbortController();
    const first = ask('wait', ['1'], leave.signal);
    await until(() => begun.length === 1);
    const impatient = new AbortController();
    const second = ask('wait', ['2'], impatient.signal);
    const third = ask('wait', ['3']);
    await until(() => third.lines.length > 0);
    impatient.abort(new Error('enough'));
    await expect(second.answer).rejects.toThrow('enough');
    leave.abort(new Error('left'));
    await expect(first.answer).rejects.toThrow('left');
    const last = () => begun.find(({ words }) => words === '/home/planner/3');
    await until(() => last() !== undefined);
    for (const running of begun) expect(running.reporter.signal.aborted).toBe(running !== last());
    last()?.end();
    expect(await third.answer).toBe('done');
  });

  it('aborts what runs when it stops, and is then no server any more', async () => {
    const { answer } = ask('wait', ['1']);
    const refused = expect(answer).rejects.toThrow(/cancelled|stopped/);
    await until(() => begun.length === 1);
    await control.close();
    await refused;
    expect(begun[0]?.reporter.signal.aborted).toBe(true);
    expect(await ask('wait', ['1']).answer).toBe('no-server');
  });

  it('stops although someone is connected who never asks for anything', async () => {
    const socket = connect(controlAddress(folder));
    await new Promise((resolve) => socket.once('connect', resolve));
    await control.close();
    await new Promise((resolve) => socket.resume().once('close', resolve));
  });

  it('takes no harm from one who sends nonsense or too much', async () => {
    for (const bytes of ['nonsense\n', `${'x'.repeat(2_000_000)}`, '{"command":1}\n', '']) {
      const socket = connect(controlAddress(folder));
      socket.on('error', () => undefined);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.resume().end(bytes);
      await closed;
    }
    await expect(ask('fail', []).answer).rejects.toThrow('cannot be done');
  });
});

describe('the address', () => {
  it('is a named pipe on Windows and short enough for a socket elsewhere', () => {
    expect(controlAddress('C:\\data', 'win32')).toMatch(/^\\\\\.\\pipe\\lantu-[0-9a-f]{24}$/);
    expect(controlAddress('/data', 'linux')).toBe('/data/control.sock');
    const deep = `/${'长'.repeat(60)}`;
    expect(Buffer.byteLength(controlAddress(deep, 'linux'))).toBeLessThan(104);
    expect(controlAddress(deep, 'linux')).not.toBe(controlAddress(`${deep}x`, 'linux'));
  });
});
