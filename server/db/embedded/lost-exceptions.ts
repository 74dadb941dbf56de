/**
 * Makes exceptions visible that the embedded engine loses. GEOS reports through C++ exceptions; the engine's
 * own code was compiled without them and drops them in two places, both of which would give an answer
 * without rows and without error, or with a wrong one:
 *
 * - `invoke_*`, the calls around which PostgreSQL may jump: they take a C++ exception for a normal return.
 *   Wrapped so that one in flight goes on upwards, before anything is committed.
 * - pglite's loop over messages: it catches everything, handles PostgreSQL's own errors and goes on with the
 *   next message. Wrapped so that anything else is thrown out of it.
 *
 * PostgreSQL's own errors leave that loop as exceptions too, and nobody gives back the stack they used
 * (about 1 kB each): without resetting the pointer every query fails after some 1 900 errors.
 */
import type { Extension, PGlite } from '@electric-sql/pglite';

/** A C++ exception that nothing caught. */
export class LostExceptionError extends Error {}

/** Exit status of PostgreSQL's own error handling (POSTGRES_MAIN_LONGJMP in pglite). */
const ownErrorStatus = 100;

type AnyFunction = (...args: unknown[]) => unknown;
type Imports = Record<string, Record<string, unknown>>;
type Instantiate = (imports: Imports, done: AnyFunction) => unknown;

/** The parts of the engine's module used here. */
type EngineModule = {
  ___stack_pointer: { value: number };
  ___cxa_uncaught_exceptions: () => number;
  _PostgresMainLoopOnce: () => void;
  _pgl_setPGliteExitStatus: (status: number) => number;
};

const moduleOf = (engine: Pick<PGlite, 'Module'>) => engine.Module as unknown as EngineModule | undefined;

/** To be among the extensions of the engine: it changes the imports of PostgreSQL's code, and adds nothing. */
export const lostExceptions: Extension = {
  name: 'lost_exceptions',
  async setup(engine, options: { instantiateWasm: Instantiate }) {
    const instantiate = options.instantiateWasm;
    const inFlight = () => moduleOf(engine as unknown as PGlite)?.___cxa_uncaught_exceptions() ?? 0;
    const instantiateWasm: Instantiate = (imports, done) =>
      instantiate({ ...imports, env: guardInvokes(imports.env ?? {}, inFlight) }, done);
    return { emscriptenOpts: { ...options, instantiateWasm } };
  },
};

function guardInvokes(env: Record<string, unknown>, inFlight: () => number): Record<string, unknown> {
  const guarded = { ...env };
  for (const [name, invoke] of Object.entries(env)) {
    if (!name.startsWith('invoke_') || typeof invoke !== 'function') continue;
    guarded[name] = (...args: unknown[]) => {
      const result: unknown = invoke(...args);
      if (inFlight() > 0) throw new LostExceptionError('a C++ exception was not caught');
      return result;
    };
  }
  return guarded;
}

/** To be called once on a started engine: from then on its execProtocol… throw what it used to lose. */
export function throwLostExceptions(engine: PGlite): void {
  const module = moduleOf(engine);
  if (module === undefined) throw new Error('the embedded engine has not started');
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
  module._pgl_setPGliteExitStatus = (status) => {
    const previous = takeStatus(status);
    const lost = thrown;
    thrown = undefined;
    if (lost !== undefined && previous !== ownErrorStatus) throw lost;
    return previous;
  };
}

/** Throws where a C++ exception is still in flight after a batch has ended. */
export function assertNoneInFlight(engine: PGlite): void {
  if ((moduleOf(engine)?.___cxa_uncaught_exceptions() ?? 0) > 0) {
    throw new LostExceptionError('a C++ exception was not caught');
  }
}
