/** Thread that lays out a delivery and brings its texts into a form GDAL reads whole. */
import { join } from 'node:path';
import { geoJsonOfKml, kmlToGeoJson } from './kml-to-geojson.ts';
import { type LaidOut, type LayOutTask, layOut } from './lay-out.ts';
import { type TextEncodings, textsInUtf8 } from './text-files.ts';
import { measureZip } from './unzip.ts';
import { answerWith, taskOf } from './worker-answer.ts';

export type LayOutWorkerData = LayOutTask & {
  /** `--encoding`. */
  encoding: string | undefined;
};
export type LayOutAnswer = LaidOut & { encodings: TextEncodings };

/** Of a workbook unpacked, which GDAL reads at some 10 MB a second. */
const workbookLimits = { maxEntries: 500, maxBytes: 2 ** 28 };

const { encoding, ...task } = await taskOf<LayOutWorkerData>();

await answerWith<LayOutAnswer>(async () => {
  const laid = await layOut(task);
  const encodings = textsInUtf8(task.folder, laid.sources, encoding);
  for (const { path, format } of laid.sources) {
    const file = join(task.folder, path);
    if (format === 'kml') kmlToGeoJson(file, geoJsonOfKml(file));
    if (format === 'xlsx') await measureZip(file, workbookLimits);
  }
  return { ...laid, encodings };
});
