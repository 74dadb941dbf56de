/** Reading SVG path data: every command as absolute lines and cubic curves. Pure; knows no output. */

export type PathSink = {
  moveTo: (x: number, y: number) => void;
  lineTo: (x: number, y: number) => void;
  curveTo: (x1: number, y1: number, x2: number, y2: number, x: number, y: number) => void;
  close: () => void;
};

const argumentCounts: Record<string, number> = {
  m: 2,
  l: 2,
  h: 1,
  v: 1,
  c: 6,
  s: 4,
  q: 4,
  t: 2,
  a: 7,
  z: 0,
};
const number = /[\s,]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/y;
const flag = /[\s,]*([01])/y;
const letter = /[\s,]*([a-zA-Z])/y;

/** Tells the path to the sink, in the units of the data. Throws a TypeError on what is no path data. */
export function readPath(d: string, sink: PathSink): void {
  let at = 0;
  const read = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(d)?.[1];
    if (found !== undefined) at = pattern.lastIndex;
    return found;
  };
  let [x, y, startX, startY] = [0, 0, 0, 0];
  // Control point a smooth curve goes on from, and the kind of curve it belongs to.
  let [controlX, controlY, control] = [0, 0, ''];
  let command = read(letter);
  while (command !== undefined) {
    let kind = command.toLowerCase();
    const count = argumentCounts[kind];
    if (count === undefined) throw new TypeError(`No path data: ${command} at ${at}.`);
    const isRelative = command === kind;
    let repeats = 0;
    for (;;) {
      const values: number[] = [];
      while (values.length < count) {
        const isFlag = kind === 'a' && (values.length === 3 || values.length === 4);
        const value = read(isFlag ? flag : number);
        if (value === undefined) break;
        values.push(Number(value));
      }
      if (count > 0 && values.length === 0 && repeats > 0) break;
      if (values.length < count) throw new TypeError(`No path data: ${command} lacks numbers at ${at}.`);
      const [fromX, fromY] = isRelative ? [x, y] : [0, 0];
      const [a = 0, b = 0, c = 0, e = 0, f = 0, g = 0, h = 0] = values;
      const [mirrorX, mirrorY] = [2 * x - controlX, 2 * y - controlY];
      const [lastX, lastY] = [x, y];
      switch (kind) {
        case 'm':
          [x, y] = [fromX + a, fromY + b];
          [startX, startY] = [x, y];
          sink.moveTo(x, y);
          kind = 'l';
          break;
        case 'l':
          [x, y] = [fromX + a, fromY + b];
          sink.lineTo(x, y);
          break;
        case 'h':
          x = fromX + a;
          sink.lineTo(x, y);
          break;
        case 'v':
          y = (isRelative ? y : 0) + a;
          sink.lineTo(x, y);
          break;
        case 'c':
          [controlX, controlY, x, y] = [fromX + c, fromY + e, fromX + f, fromY + g];
          sink.curveTo(fromX + a, fromY + b, controlX, controlY, x, y);
          break;
        case 's': {
          const [x1, y1] = control === 'c' ? [mirrorX, mirrorY] : [lastX, lastY];
          [controlX, controlY, x, y] = [fromX + a, fromY + b, fromX + c, fromY + e];
          sink.curveTo(x1, y1, controlX, controlY, x, y);
          kind = 's';
          break;
        }
        case 'q':
        case 't': {
          if (kind === 'q') [controlX, controlY, x, y] = [fromX + a, fromY + b, fromX + c, fromY + e];
          else {
            [controlX, controlY] = control === 'q' ? [mirrorX, mirrorY] : [lastX, lastY];
            [x, y] = [fromX + a, fromY + b];
          }
          sink.curveTo(
            lastX + (2 / 3) * (controlX - lastX),
            lastY + (2 / 3) * (controlY - lastY),
            x + (2 / 3) * (controlX - x),
            y + (2 / 3) * (controlY - y),
            x,
            y,
          );
          break;
        }
        case 'a':
          [x, y] = [fromX + g, fromY + h];
          arcTo(sink, lastX, lastY, Math.abs(a), Math.abs(b), c, e === 1, f === 1, x, y);
          break;
        default:
          [x, y] = [startX, startY];
          sink.close();
      }
      control = kind === 's' || kind === 'c' ? 'c' : kind === 'q' || kind === 't' ? 'q' : '';
      repeats += 1;
      if (count === 0) break;
    }
    command = read(letter);
  }
  if (d.slice(at).trim() !== '') throw new TypeError(`No path data at ${at}.`);
}

/** An elliptical arc as cubic curves of at most a quarter turn (SVG 1.1, appendix F.6). */
function arcTo(
  sink: PathSink,
  fromX: number,
  fromY: number,
  radiusX: number,
  radiusY: number,
  degrees: number,
  isLarge: boolean,
  isClockwise: boolean,
  x: number,
  y: number,
): void {
  if (fromX === x && fromY === y) return;
  if (radiusX === 0 || radiusY === 0) {
    sink.lineTo(x, y);
    return;
  }
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [halfX, halfY] = [(fromX - x) / 2, (fromY - y) / 2];
  const [px, py] = [cos * halfX + sin * halfY, cos * halfY - sin * halfX];
  const grow = Math.max(1, Math.sqrt((px / radiusX) ** 2 + (py / radiusY) ** 2));
  const [rx, ry] = [radiusX * grow, radiusY * grow];
  const square = (rx * py) ** 2 + (ry * px) ** 2;
  const factor =
    Math.sqrt(Math.max(0, ((rx * ry) ** 2 - square) / square)) * (isLarge === isClockwise ? -1 : 1);
  const [cpx, cpy] = [(factor * rx * py) / ry, (-factor * ry * px) / rx];
  const [cx, cy] = [cos * cpx - sin * cpy + (fromX + x) / 2, sin * cpx + cos * cpy + (fromY + y) / 2];
  const start = Math.atan2((py - cpy) / ry, (px - cpx) / rx);
  let sweep = Math.atan2((-py - cpy) / ry, (-px - cpx) / rx) - start;
  if (isClockwise && sweep < 0) sweep += 2 * Math.PI;
  if (!isClockwise && sweep > 0) sweep -= 2 * Math.PI;
  const pieces = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2) - 1e-9));
  const step = sweep / pieces;
  const handle = (4 / 3) * Math.tan(step / 4);
  const place = (u: number, v: number): [number, number] => [
    cx + cos * rx * u - sin * ry * v,
    cy + sin * rx * u + cos * ry * v,
  ];
  for (let piece = 0; piece < pieces; piece += 1) {
    const [from, to] = [start + piece * step, start + (piece + 1) * step];
    const first = place(Math.cos(from) - handle * Math.sin(from), Math.sin(from) + handle * Math.cos(from));
    const second = place(Math.cos(to) + handle * Math.sin(to), Math.sin(to) - handle * Math.cos(to));
    const end = piece === pieces - 1 ? ([x, y] as const) : place(Math.cos(to), Math.sin(to));
    sink.curveTo(...first, ...second, ...end);
  }
}
