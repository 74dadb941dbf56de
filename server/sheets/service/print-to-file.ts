/** A sheet or an atlas as a file where a command wants it: named when whole, a picture with its world file beside it. */
import { existsSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Bilingual } from '../../../geodata/catalogue/layer-definition.ts';
import type { SheetNotice, SheetOrder } from '../../../geodata/contract/sheets.ts';
import { createBasemap } from '../../basemap/basemap.ts';
import type { Context } from '../../context.ts';
import { UnprocessableError } from '../../errors.ts';
import { writeBeside } from '../../exports/export-target.ts';
import { createWorkFolder } from '../../imports/work-folder.ts';
import { createRevisionReader } from '../../system/revisions.ts';
import { worldFile } from '../writers/world-file.ts';
import { createSheetSource } from './create-sheet-source.ts';
import { crsWkt } from './crs-wkt.ts';
import { mergeNotices } from './make-sheet.ts';
import { commandOrderer } from './sheet-orderer.ts';
import { createSheetService } from './sheet-service.ts';

type Print = {
  order: SheetOrder;
  /** Absolute path. */
  out: string;
  /** Overwrites. */
  force: boolean;
  /** Who types, as the machine knows them. */
  user: string;
};
type PrintReporter = { report(text: Bilingual): void; signal: AbortSignal };

const progressEveryMs = 1_000;

/** Throws as SheetService.make does, and UnprocessableError for a target that exists or cannot be written. */
export async function printToFile(
  context: Context,
  { order, out, force, user }: Print,
  { report, signal }: PrintReporter,
): Promise<void> {
  const { config, database, log } = context;
  const beside = order.format === 'png' ? sideFiles(out) : null;
  for (const path of beside === null ? [out] : [out, beside.world, beside.crs]) refuseTarget(path, force);
  const basemap = config.basemap && createBasemap(config.basemap, config.dataDir, log);
  const source = createSheetSource(
    { ...context, basemap, dataDir: config.dataDir },
    createRevisionReader(database).fresh,
  );
  const service = createSheetService(context, source);
  const folder = await createWorkFolder(config.dataDir);
  try {
    const orderer = commandOrderer('npm run sheet', user);
    const counted = countPages(report);
    const made = await service.make(order, orderer, folder.path, { signal, ...counted.reporter });
    const bytes = await writeBeside(out, force, (unfinished) => copyFile(made.path, unfinished));
    const world = beside && made.map && worldFile(made, order.dpi);
    if (beside !== null && world && made.map !== null) {
      await writeFile(beside.world, world);
      await writeFile(beside.crs, await crsWkt(database, made.map.srid));
    }
    for (const { severity, text } of counted.notices()) {
      const marks = {
        info: { zh: '提示', en: 'Note' },
        warning: { zh: '注意', en: 'Mind' },
        blocking: { zh: '禁止', en: 'Refused' },
      };
      report({ zh: `${marks[severity].zh}:${text.zh}`, en: `${marks[severity].en}: ${text.en}` });
    }
    const size =
      bytes < 100_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
    const pages = counted.pages();
    const count = pages > 1 ? { zh: `${pages} 页,`, en: `${pages} pages, ` } : { zh: '', en: '' };
    report({ zh: `已出图(${count.zh}${size}):${out}`, en: `Printed (${count.en}${size}): ${out}` });
  } finally {
    await service.close();
    basemap?.close();
    await folder.remove();
  }
}

function countPages(report: PrintReporter['report']) {
  let pages = 1;
  let done = 0;
  let told = Date.now();
  let notices: SheetNotice[] = [];
  return {
    pages: () => pages,
    notices: () => notices,
    reporter: {
      setPages(count: number) {
        pages = count;
        report({ zh: `共 ${count} 页,正在出图`, en: `${count} pages; printing` });
      },
      pageDone(more: readonly SheetNotice[]) {
        done += 1;
        notices = mergeNotices(notices, more);
        if (pages === 1 || (done < pages && Date.now() - told < progressEveryMs)) return;
        told = Date.now();
        report({ zh: `第 ${done} / ${pages} 页`, en: `Page ${done} of ${pages}` });
      },
    },
  };
}

/** Of a .png, as GIS programs look for them. */
function sideFiles(out: string): { world: string; crs: string } {
  const stem = out.replace(/\.png$/i, '');
  return { world: `${stem}.pgw`, crs: `${stem}.prj` };
}

function refuseTarget(path: string, force: boolean): void {
  const folder = dirname(path);
  if (!existsSync(folder)) {
    throw new UnprocessableError(
      { zh: `没有文件夹 ${folder},没有出图;请先建立。`, en: `There is no folder ${folder}; make it first.` },
      { field: 'out' },
    );
  }
  if (force || !existsSync(path)) return;
  throw new UnprocessableError(
    {
      zh: `文件 ${path} 已存在,没有出图;请换一个文件名,或加 --force 覆盖。`,
      en: `The file ${path} exists already and nothing was printed; choose another name or add --force.`,
    },
    { field: 'out' },
  );
}
