/** A value that follows once it has rested: what is typed is asked for when the typing pauses. */
import { useEffect, useState } from 'react';

export function useDelayedValue<Value>(value: Value, delayMs: number): Value {
  const [delayed, setDelayed] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return delayed;
}
