/** Smooth seeded noise over the plane, the grain of every natural-looking outline of the sample. */

const directions: readonly (readonly [number, number])[] = Array.from({ length: 16 }, (_, index) => [
  Math.cos((index * Math.PI) / 8),
  Math.sin((index * Math.PI) / 8),
]);

export type Noise = (x: number, y: number) => number;

/** Gradient noise with wavelength 1, values about −0.7 … 0.7, mean 0. */
function createNoise(seed: number): Noise {
  const gradient = (column: number, row: number, dx: number, dy: number): number => {
    let hash = Math.imul(column, 0x27d4eb2d) ^ Math.imul(row, 0x165667b1) ^ seed;
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    hash ^= hash >>> 13;
    const direction = directions[hash & 15] ?? [1, 0];
    return direction[0] * dx + direction[1] * dy;
  };
  return (x, y) => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const dx = x - column;
    const dy = y - row;
    const easeX = dx * dx * dx * (dx * (dx * 6 - 15) + 10);
    const easeY = dy * dy * dy * (dy * (dy * 6 - 15) + 10);
    const south = gradient(column, row, dx, dy);
    const southEast = gradient(column + 1, row, dx - 1, dy);
    const north = gradient(column, row + 1, dx, dy - 1);
    const northEast = gradient(column + 1, row + 1, dx - 1, dy - 1);
    const low = south + (southEast - south) * easeX;
    const high = north + (northEast - north) * easeX;
    return low + (high - low) * easeY;
  };
}

/** Sum of octaves, each twice as fine and half as strong; `wavelength` is that of the coarsest. */
export function createFractalNoise(seed: number, wavelength: number, octaves: number): Noise {
  const layers = Array.from({ length: octaves }, (_, octave) => ({
    noise: createNoise(seed + octave * 7919),
    frequency: 2 ** octave / wavelength,
    strength: 0.5 ** octave,
  }));
  return (x, y) => {
    let sum = 0;
    for (const layer of layers) {
      sum += layer.strength * layer.noise(x * layer.frequency + 17.3, y * layer.frequency - 5.7);
    }
    return sum;
  };
}
