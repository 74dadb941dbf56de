/** What a delivery is and says, for whoever decides where it goes. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { Inspection } from '../../geodata/contract/imports.ts';
import { extentInDegrees } from '../../geodata/domain/identify-crs.ts';
import type { CrsChoice } from './choose-crs.ts';
import type { GdalAnswer } from './gdal-worker.ts';
import type { LayOutAnswer } from './lay-out-worker.ts';
import type { Scan } from './scan-spool.ts';
import { suggestLayer } from './suggest-layer.ts';

/** Everything that was found out about a delivery. */
export type Findings = {
  laid: LayOutAnswer;
  read: GdalAnswer;
  scan: Scan;
  choice: CrsChoice;
  /** The CRS was given, whatever the file says. */
  isCrsAsked: boolean;
};

export function inspect(findings: Findings): Inspection {
  const { laid, read, scan, choice } = findings;
  const encoding = laid.encodings[read.source.path] ?? scan.encoding;
  const { crs } = choice;
  const geometryType = Object.entries(scan.types).sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  return {
    fileName: laid.fileName,
    sha256: laid.sha256,
    bytes: laid.bytes,
    format: read.source.format,
    parts: read.parts.map(({ name, rowCount }) => ({ name, rowCount })),
    part: read.part,
    partProblem: read.isPartAmbiguous ? partProblem(read) : null,
    rowCount: scan.rowCount,
    geometryType,
    encoding: encoding === null ? null : { name: encoding.encoding, reason: encoding.reason },
    crs: crs === null ? null : { srid: crs.srid, name: crs.name },
    crsCandidates: choice.candidates,
    crsProblem: choice.problem,
    columns: scan.columns.map(({ name }) => name),
    sampleRows: scan.sampleRows,
    extent:
      crs === null || scan.extent === null
        ? null
        : ([...extentInDegrees(crs, scan.extent)] as Inspection['extent']),
    fileDay: laid.fileDay,
    suggestedLayerId: suggestLayer(
      [read.part, read.source.name, laid.fileName],
      scan.columns.map(({ name }) => name),
    ),
    assumptions: [...choice.assumptions, ...otherAssumptions(findings, encoding)],
    warnings: [...missingRows(read, scan), ...warningsOf(read)],
  };
}

function partProblem({ parts, part }: GdalAnswer): Bilingual {
  const shaped = parts.filter(({ hasShapes }) => hasShapes);
  const list = shaped.map(({ name, rowCount }) => `${name}(${rowCount ?? '?'})`).join('、');
  return {
    zh: `文件中有 ${shaped.length} 个图层:${list}。目前显示的是“${part}”,请用 --part 指定一个。`,
    en: `The file holds ${shaped.length} parts: ${list}. "${part}" is shown; choose one with --part.`,
  };
}

function otherAssumptions(
  { read: { layer, source, closedRings }, scan, choice, isCrsAsked }: Findings,
  encoding: { encoding: string; reason: Bilingual } | null,
): Bilingual[] {
  const words: Bilingual[] = [];
  if (encoding !== null) {
    const { encoding: name, reason } = encoding;
    words.push({ zh: `文字编码 ${name}:${reason.zh}`, en: `text encoding ${name}: ${reason.en}` });
  }
  if (scan.renamed.length > 0) {
    const list = scan.renamed.join('、');
    words.push({
      zh: `有重名字段,已改名为:${list}`,
      en: `columns of the same name were renamed: ${list}`,
    });
  }
  if (closedRings > 0) {
    words.push({
      zh: `文件中有 ${closedRings} 个未闭合的环,已闭合`,
      en: `${closedRings} rings in the file were open and were closed`,
    });
  }
  if (/^3D|Measured|Z$|M$/.test(layer.geometryType ?? ''))
    words.push({ zh: '高程(Z)和量测(M)值未保存', en: 'heights (Z) and measures (M) are not kept' });
  if (/Curve|Surface|Circular|Compound/i.test(layer.geometryType ?? ''))
    words.push({ zh: '曲线已按折线近似', en: 'curves are approximated by straight segments' });
  if (source.format === 'geojson' && scan.rowCount > 0) {
    words.push({
      zh: 'GeoJSON 坐标按先经度(东)后纬度(北)读取',
      en: 'GeoJSON coordinates are read east first, then north',
    });
    const { crs } = choice;
    if (crs !== null && crs.srid !== 4326 && !isCrsAsked) {
      words.push({
        zh: `GeoJSON 的 crs 成员写明 ${crs.name.zh}(EPSG:${crs.srid}),按其读取`,
        en: `the crs member of the GeoJSON says ${crs.name.en} (EPSG:${crs.srid}), and it is read so`,
      });
    }
  }
  return words;
}

/** What GDAL says of a shape it could not read stands with the row; what it renames is said in our own words. */
const saidElsewhere = /already exists|Error in fread\(\) reading object|Corrupted \.shp file/;

function warningsOf({ notes, shapefile }: GdalAnswer): Bilingual[] {
  const said = notes.filter((note) => !saidElsewhere.test(note));
  return [
    ...(shapefile?.damage === null || shapefile === null ? [] : [shapefile.damage]),
    ...said.map((note) => ({ zh: `读取程序提示:${note}`, en: `the reader says: ${note}` })),
  ];
}

/** Rows the file counts and GDAL did not give. */
function missingRows({ layer, source }: GdalAnswer, { rowCount }: Scan): Bilingual[] {
  const missing = (layer.rowCount ?? rowCount) - rowCount;
  if (missing <= 0) return [];
  const why =
    source.format === 'shapefile'
      ? { zh: '多为在 DBF 中标记为已删除的行', en: 'most likely rows marked as deleted in the DBF' }
      : { zh: '请核对文件是否完整', en: 'check that the file is whole' };
  return [
    {
      zh: `文件注明 ${layer.rowCount} 行,只读出 ${rowCount} 行(${why.zh})`,
      en: `the file counts ${layer.rowCount} rows, ${rowCount} could be read (${why.en})`,
    },
  ];
}
