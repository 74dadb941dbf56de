/** What the geometry type of a file is called in the office: 面, 线, 点. Pure. */
import type { ImportTexts } from '../../i18n/imports.ts';

export function shapeWord(geometryType: string | null, texts: ImportTexts['inspect']): string {
  if (geometryType === null || /^none$/i.test(geometryType)) return texts.noGeometry;
  const kinds = { polygon: /polygon|surface/i, line: /line|curve/i, point: /point/i };
  for (const [kind, pattern] of Object.entries(kinds)) {
    if (pattern.test(geometryType)) return texts.geometries[kind as keyof typeof kinds];
  }
  return texts.geometries.mixed;
}
