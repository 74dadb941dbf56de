/** Stops asking a server that fails again and again, and tries once in a while whether it is back. */

export type CircuitBreaker = {
  /** Whether to ask now. While open, one caller in each pause is let through as a trial. */
  allows(): boolean;
  succeeded(): void;
  failed(): void;
  isOpen(): boolean;
};

export type BreakerLimits = {
  /** Failures in a row that open it. */
  failures: number;
  /** Pause before the first trial and between trials. */
  pauseMs: number;
};

export function createCircuitBreaker({ failures, pauseMs }: BreakerLimits): CircuitBreaker {
  let inARow = 0;
  let nextTrialAt = 0;
  const isOpen = () => inARow >= failures;
  return {
    allows() {
      if (!isOpen()) return true;
      if (performance.now() < nextTrialAt) return false;
      nextTrialAt = performance.now() + pauseMs;
      return true;
    },
    succeeded() {
      inARow = 0;
    },
    failed() {
      inARow += 1;
      if (isOpen()) nextTrialAt = performance.now() + pauseMs;
    },
    isOpen,
  };
}
