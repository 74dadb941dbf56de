/** Holds back what is called too often. */

export type HeldBack = { (): void; cancel(): void };

/** Runs at once, then at most once in `ms`: calls meanwhile are made up for by one at the end. */
export function atMostEvery(ms: number, run: () => void): HeldBack {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;
  const go = (): void => {
    isWanted = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (isWanted) go();
    }, ms);
    run();
  };
  const held = (): void => {
    if (timer === undefined) go();
    else isWanted = true;
  };
  return Object.assign(held, {
    cancel() {
      clearTimeout(timer);
      timer = undefined;
      isWanted = false;
    },
  });
}
