/** One sheet with what belongs beside it: of a picture its world file and its CRS, so that GIS programs know where it lies. */
import { extname, join } from 'node:path';
import type { Queryable } from '../../db/database.ts';
import { writeZip } from '../../exports/write-zip.ts';
import { worldFile } from '../writers/world-file.ts';
import { crsWkt } from './crs-wkt.ts';
import { sheetContentTypes } from './sheet-file-name.ts';
import type { MadeFile } from './sheet-jobs.ts';

export async function zipSheet(
  database: Queryable,
  sheet: MadeFile,
  { dpi, folder, signal }: { dpi: number; folder: string; signal: AbortSignal },
): Promise<MadeFile> {
  const path = join(folder, 'sheet.zip');
  const stem = sheet.name.slice(0, -extname(sheet.name).length);
  const world = sheet.contentType === sheetContentTypes.png ? worldFile(sheet, dpi) : null;
  await writeZip(
    path,
    [
      { name: sheet.name, file: sheet.path },
      ...(world === null || sheet.map === null
        ? []
        : [
            { name: `${stem}.pgw`, text: world },
            { name: `${stem}.prj`, text: await crsWkt(database, sheet.map.srid) },
          ]),
    ],
    signal,
  );
  return { ...sheet, path, name: `${stem}.zip`, contentType: sheetContentTypes.zip };
}
