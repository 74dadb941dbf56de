/** For processes that run the service's code without server/launch.mjs, as that sets them. */
export const serviceV8Flags = ['--no-wasm-code-gc'];
