/** The threads that read a delivery, started before it is known which one: for a process that does nothing but import. */
import { warmUp } from './bounded-worker.ts';
import { usualReadBounds } from './read-bounds.ts';

/** In the order in which they are needed, but for the one that takes longest to start. */
const modules = ['gdal-worker', 'lay-out-worker', 'scan-worker', 'check-worker'].map(
  (name) => new URL(`./${name}.ts`, import.meta.url),
);

/** Starts them; those that nobody takes do not keep the process from ending. */
export function warmUpReading(): void {
  warmUp(modules, usualReadBounds.worker);
}
