/**
 * What the embedded engine does with exceptions that are not PostgreSQL's own, put right from outside.
 *
 * GEOS reports through C++ exceptions, but the engine's PostGIS was compiled without any code that catches
 * them: they fall through PostgreSQL's frames, which take them for a normal return, so that a failed overlay
 * gives no row and no error, or a wrong one. Since nobody ever catches them, `throw` itself is replaced: it
 * raises an ordinary PostgreSQL error with the message of the exception.
 *
 * PostgreSQL's errors leave the engine's main loop as exceptions of JavaScript. Two faults there: pglite
 * swallows all others too (an overrun stack, a trap), and nobody gives back the stack an error used, about
 * 1 kB, so that after some 1 900 errors every query fails.
 */
import type { Extension, PGlite } from '@electric-sql/pglite';

type WasmFunction = (...args: number[]) => number;
/** What PostgreSQL's code exports: the steps of ereport(ERROR), see elog.c. */
type Exports = Record<'errstart' | 'errcode' | 'errmsg_internal' | 'errfinish' | 'malloc', WasmFunction>;
type Environment = {
  memory: { buffer: ArrayBuffer };
  __indirect_function_table: { get(index: number): WasmFunction | null };
  __cxa_throw: (exception: number, type: number, destructor: number) => void;
};
type Imports = { env: Environment };
type Instantiated = (instance: { exports: Exports }, module: unknown) => unknown;
type Instantiate = (imports: Imports, done: Instantiated) => unknown;

const errorLevel = 21;
/** XX000 in six bits a character, as MAKE_SQLSTATE packs it. */
const internalErrorState = 0x28 | (0x28 << 6);
const messageBytes = 1024;

/** To be among the extensions of the engine; it changes only how C++ exceptions are thrown. */
export const exceptionsAsErrors: Extension = {
  name: 'exceptions_as_errors',
  async setup(_engine, options: { instantiateWasm: Instantiate }) {
    const { instantiateWasm } = options;
    const instantiate: Instantiate = (imports, done) =>
      instantiateWasm(imports, (instance, module) => {
        const { env } = imports;
        // PostGIS is linked when its first function is called, and finds this `throw` then.
        env.__cxa_throw = Object.assign(raiseInsteadOfThrow(env, instance.exports), { sig: 'vppp' });
        return done(instance, module);
      });
    return { emscriptenOpts: { ...options, instantiateWasm: instantiate } };
  },
};

function raiseInsteadOfThrow(env: Environment, postgres: Exports): Environment['__cxa_throw'] {
  // Allocated once: raising does not return, so nothing could be freed. Not before the first exception:
  // until the engine has started its heap is not in place, and malloc would write into its constants.
  let format = 0;
  return (exception, type) => {
    if (format === 0) format = postgres.malloc(messageBytes);
    const argument = format + 4;
    const message = format + 8;
    const text = describeException(env, exception, type);
    const memory = new Uint8Array(env.memory.buffer);
    memory.set(Buffer.from('%s\0'), format);
    new DataView(env.memory.buffer).setUint32(argument, message, true);
    const bytes = Buffer.from(`${text.slice(0, 300)}\0`);
    memory.set(bytes, message);
    postgres.errstart(errorLevel, 0);
    postgres.errcode(internalErrorState);
    postgres.errmsg_internal(format, argument);
    postgres.errfinish(0, 0, 0);
  };
}

/** `what()` of an exception of GEOS, else the name of its type: layouts of the Itanium C++ ABI, 32 bits. */
function describeException({ memory, ...env }: Environment, exception: number, type: number): string {
  const view = new DataView(memory.buffer);
  const word = (address: number) => view.getUint32(address, true);
  const text = (address: number) => {
    const bytes = new Uint8Array(memory.buffer, address);
    return Buffer.from(bytes.subarray(0, Math.min(bytes.indexOf(0), messageBytes))).toString('utf8');
  };
  const typeName = text(word(type + 4));
  if (!typeName.startsWith('N4geos')) return `C++ exception ${typeName}`;
  const what = env.__indirect_function_table.get(word(word(exception) + 8));
  return what === null ? typeName : text(what(exception));
}

/** Exit status of PostgreSQL's own error handling (POSTGRES_MAIN_LONGJMP in pglite). */
const ownErrorStatus = 100;

type MainLoop = {
  ___stack_pointer: { value: number };
  _PostgresMainLoopOnce: () => void;
  _pgl_setPGliteExitStatus: (status: number) => number;
};

/** To be called once on a started engine: from then on it throws what it used to swallow, and keeps its stack. */
export function guardMainLoop(engine: PGlite): void {
  const module = engine.Module as unknown as MainLoop;
  const runOnce = module._PostgresMainLoopOnce;
  const takeStatus = module._pgl_setPGliteExitStatus;
  const stackPointer = module.___stack_pointer;
  let thrown: unknown;
  module._PostgresMainLoopOnce = () => {
    const pointer = stackPointer.value;
    try {
      runOnce();
    } catch (error) {
      stackPointer.value = pointer;
      thrown = error;
      throw error;
    }
  };
  // pglite asks for this status only where it has caught an exception of the main loop.
  module._pgl_setPGliteExitStatus = (status) => {
    const previous = takeStatus(status);
    const lost = thrown;
    thrown = undefined;
    if (lost !== undefined && previous !== ownErrorStatus) throw lost;
    return previous;
  };
}
