/**
 * Places labels one after another, the more important first, where they cover nothing that must stay readable. What
 * finds no place is told. Millimetres; pure, and the same for the same input.
 */
import type { Box } from '../page.ts';
import { createBoxIndex } from './box-index.ts';
import type { LabelText } from './label-box.ts';
import type { Candidate, Leader } from './label-candidates.ts';
import { isBoxWithin } from './paper-geometry.ts';

export type LabelRequest = {
  /** Unique; the symbol that the label belongs to has the same owner. */
  owner: string;
  layerId: string;
  /** Lower is placed earlier. */
  priority: number;
  label: LabelText;
  /** Stands where the fewest symbols lie beneath rather than not at all. */
  overSymbols: boolean;
  candidates(): Iterable<Candidate>;
};
export type PlacedLabel = { request: LabelRequest; candidate: Candidate };
export type LabelObstacles = {
  /** Labels lie whole within it. */
  frame: Box;
  /** Kept free of labels: furniture in the map. */
  reserved: readonly Box[];
  symbols: readonly { owner: string; box: Box }[];
};

/** Placed labels in the order of their priority, and how many of each layer are left out. */
export function placeLabels(
  requests: readonly LabelRequest[],
  { frame, reserved, symbols }: LabelObstacles,
): { placed: PlacedLabel[]; leftOut: Map<string, number> } {
  const taken = createBoxIndex();
  const beneath = createBoxIndex();
  for (const box of reserved) taken.add(box, 'reserved');
  for (const { owner, box } of symbols) beneath.add(box, owner);

  const hasRoom = (boxes: readonly Box[]): boolean =>
    boxes.every((box) => isBoxWithin(box, frame) && taken.isFree(box));
  const choose = ({ owner, candidates, overSymbols }: LabelRequest): Candidate | null => {
    let best: Candidate | null = null;
    let fewest = Infinity;
    for (const candidate of candidates()) {
      const { air, boxes, leader } = candidate;
      if (!hasRoom(boxes)) continue;
      if (overSymbols) {
        const count = boxes.reduce((sum, box) => sum + beneath.countMeeting(box), 0);
        if (count < fewest) [best, fewest] = [candidate, count];
        if (count === 0) break;
        continue;
      }
      if (air !== undefined && !beneath.isFree(air, owner)) continue;
      if (!boxes.every((box) => beneath.isFree(box))) continue;
      if (leader === undefined) return candidate;
      const along = leaderBoxes(leader);
      // A leader may touch the symbol it comes from.
      if (hasRoom(along) && along.every((box) => beneath.isFree(box, owner))) return candidate;
    }
    return best;
  };

  const placed: PlacedLabel[] = [];
  const leftOut = new Map<string, number>();
  for (const request of [...requests].sort((a, b) => a.priority - b.priority)) {
    const candidate = choose(request);
    if (candidate === null) {
      leftOut.set(request.layerId, (leftOut.get(request.layerId) ?? 0) + 1);
      continue;
    }
    const { boxes, leader } = candidate;
    for (const box of [...boxes, ...(leader ? leaderBoxes(leader) : [])]) taken.add(box, request.owner);
    placed.push({ request, candidate });
  }
  return { placed, leftOut };
}

const LEADER_PIECE_MM = 0.8;
const LEADER_ROOM_MM = 0.15;

/** Small boxes along the leader. */
function leaderBoxes([x1, y1, x2, y2]: Leader): Box[] {
  const pieces = Math.max(1, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / LEADER_PIECE_MM));
  return Array.from({ length: pieces }, (_, index): Box => {
    const [fromX, toX] = [x1 + ((x2 - x1) * index) / pieces, x1 + ((x2 - x1) * (index + 1)) / pieces];
    const [fromY, toY] = [y1 + ((y2 - y1) * index) / pieces, y1 + ((y2 - y1) * (index + 1)) / pieces];
    return {
      x: Math.min(fromX, toX) - LEADER_ROOM_MM,
      y: Math.min(fromY, toY) - LEADER_ROOM_MM,
      width: Math.abs(toX - fromX) + 2 * LEADER_ROOM_MM,
      height: Math.abs(toY - fromY) + 2 * LEADER_ROOM_MM,
    };
  });
}
