/** Counts failures in a window of time, and says when there were too many. */

export type Throttle = { isClosed(): boolean; countFailure(): void };

/** Closed from the `failures`th failure on, until `windowMs` after the first of them. */
export function createThrottle(
  limits: { failures: number; windowMs: number },
  now: () => number = Date.now,
): Throttle {
  let count = 0;
  let since = 0;
  const forgetOld = (): void => {
    if (now() - since >= limits.windowMs) count = 0;
  };
  return {
    isClosed() {
      forgetOld();
      return count >= limits.failures;
    },
    countFailure() {
      forgetOld();
      if (count === 0) since = now();
      count += 1;
    },
  };
}
