/** What a bench gives: figures beside their floor and their aim. */
export type Figure = {
  what: string;
  value: number;
  unit: string;
  /** The same measured on the floor, or whatever the figure is held against. */
  floor?: number;
  /** What the aim speaks of: the figure itself or its ratio to the floor. */
  aim?: { of: 'value' | 'ratio'; atLeast: number } | { of: 'value' | 'ratio'; atMost: number };
};

/** Middle value; of an even number of values the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[sorted.length / 2 - 1] ?? Number.NaN)) / 2;
}

/** The figure over its floor; undefined without a floor. */
export function ratioOf({ value, floor }: Figure): number | undefined {
  return floor === undefined ? undefined : value / floor;
}

/** Whether the aim is met; undefined without an aim. A figure that could not be measured misses its aim. */
export function meetsAim(figure: Figure): boolean | undefined {
  const { aim } = figure;
  if (aim === undefined) return undefined;
  const held = (aim.of === 'value' ? figure.value : ratioOf(figure)) ?? Number.NaN;
  return 'atLeast' in aim ? held >= aim.atLeast : held <= aim.atMost;
}

/** One line of the table. */
export function printFigure(bench: string, figure: Figure): void {
  const { aim } = figure;
  const ratio = ratioOf(figure);
  const aimText =
    aim === undefined
      ? ''
      : `${'atLeast' in aim ? `≥ ${aim.atLeast}` : `≤ ${aim.atMost}`}${aim.of === 'ratio' ? ' ×' : ` ${figure.unit}`}`;
  const met = meetsAim(figure);
  const cells = [
    bench.padEnd(10),
    figure.what.padEnd(64),
    `${number(figure.value)} ${figure.unit}`.padStart(14),
    (figure.floor === undefined ? '' : `${number(figure.floor)} ${figure.unit}`).padStart(14),
    (ratio === undefined ? '' : `${ratio.toFixed(2)} ×`).padStart(9),
    aimText.padStart(11),
    met === undefined ? '' : met ? 'met' : 'missed',
  ];
  console.log(cells.join(' ').trimEnd());
}

export function printHeader(): void {
  const names = ['bench'.padEnd(10), 'figure'.padEnd(64), 'measured'.padStart(14), 'floor'.padStart(14)];
  console.log([...names, 'ratio'.padStart(9), 'aim'.padStart(11)].join(' '));
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
