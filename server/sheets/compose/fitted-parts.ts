/** The boxes of a sheet's parts after each has said how much room it wants. */
import type { SheetPartId } from '../../../geodata/domain/sheet-parts.ts';
import type { Box } from '../page.ts';
import { fitColumns, type Need } from './fit-column.ts';
import { imprintHeight } from './imprint.ts';
import { hasInset } from './inset.ts';
import { legendHeight } from './legend.ts';
import { notesHeight } from './notes.ts';
import type { PartInput } from './part.ts';
import { progressHeight } from './progress-table.ts';

/** Boxes by part; what has nothing to say has none. */
export function fittedParts(input: PartInput): Partial<Record<SheetPartId, Box>> {
  const { content } = input;
  const parts = fitColumns(content.plan.layout.parts, (id, box) => needOf(id, box, input));
  const { legend } = parts;
  if (content.plan.spec.template !== 'picture' || legend === undefined) return parts;
  // Beside a picture stands a legend no higher than it has to be.
  return {
    ...parts,
    legend: { ...legend, height: Math.min(legend.height, legendHeight(input, legend.width)) },
  };
}

function needOf(id: SheetPartId, box: Box, input: PartInput): Need | null {
  switch (id) {
    case 'inset':
      return hasInset(input.content)
        ? { least: box.height * 0.55, usual: box.height, most: box.width * 0.85 }
        : null;
    case 'legend': {
      const height = legendHeight(input, box.width);
      return { least: height * 0.82, usual: height, most: height * 1.12 };
    }
    case 'progress': {
      const height = progressHeight(input);
      return height === 0 ? null : { least: height * 0.8, usual: height, most: height };
    }
    case 'notes': {
      const height = notesHeight(input, box.width);
      return { least: height * 0.85, usual: height, most: height };
    }
    case 'imprint': {
      const height = Math.max(box.height, imprintHeight(input, box.width));
      return { least: height * 0.88, usual: height, most: height };
    }
    default:
      return { least: box.height, usual: box.height, most: box.height };
  }
}
