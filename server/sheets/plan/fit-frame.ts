/** How large a subject is drawn on which paper. Pure: sizes in millimetres, extents in units of a CRS. */
import type { SheetTemplateId } from '../../../geodata/contract/sheets.ts';
import { layoutFor, type SheetLayout } from '../../../geodata/domain/sheet-layout.ts';
import {
  type Orientation,
  orientations,
  type PaperId,
  roundScale,
} from '../../../geodata/domain/sheet-paper.ts';

type FitRequest = {
  template: SheetTemplateId;
  paper: PaperId;
  orientation: Orientation | 'auto';
  /** Of the subject, in units of the CRS; 0 where only a centre is given. */
  width: number;
  height: number;
  /** Units of the CRS in a metre on the ground, at the centre. */
  unitsPerMeter: number;
  /** Share of the frame that stays free round the subject, both sides together. */
  margin: number;
  /** Largest scale that is chosen, as a denominator. */
  leastDenominator: number;
  /** Denominator asked for; null: the largest round scale at which the subject is whole. */
  scale: number | null;
};

export type Fit = {
  layout: SheetLayout;
  scale: number /** The subject is whole in the frame, without its margin. */;
  isWhole: boolean;
};

/**
 * The orientation asked for, or the one that gives the larger scale; of two with the same round scale the one whose frame
 * the subject fills better. A slide lies flat unless told otherwise, as does paper round a mere centre.
 */
export function fitFrame(request: FitRequest): Fit {
  const { template, paper, orientation, width, height } = request;
  const flat = paper === 'slide' || (width === 0 && height === 0);
  const candidates = orientation !== 'auto' ? [orientation] : flat ? (['landscape'] as const) : orientations;
  const fits = candidates.map((each) => {
    const layout = layoutFor(template, paper, each);
    const needed = Math.max(width / layout.frame.width, height / layout.frame.height);
    // Units of the CRS for one millimetre, as a denominator on the ground.
    const denominator = (needed * 1000) / request.unitsPerMeter;
    const fitting = roundScale(Math.max(denominator / (1 - request.margin), request.leastDenominator));
    const scale = request.scale ?? fitting;
    return { layout, scale, fitting, denominator, isWhole: denominator <= scale * (1 + 1e-9) };
  });
  fits.sort((a, b) => a.fitting - b.fitting || a.denominator - b.denominator);
  const [best] = fits;
  if (best === undefined) throw new Error('no orientation to choose from');
  return { layout: best.layout, scale: best.scale, isWhole: best.isWhole };
}
