/** In which reference system the raw coordinates are: said by the user or the file, checked against the numbers, never guessed in silence. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { type Crs, isConvertible } from '../../geodata/domain/crs.ts';
import {
  type CrsIdentity,
  type Extent,
  extentInDegrees,
  guessCrs,
  identifyCrs,
  touches,
} from '../../geodata/domain/identify-crs.ts';
import { BadRequestError, UnprocessableError } from '../errors.ts';

export type CrsChoice = { crs: Crs; assumptions: Bilingual[] };

export type CrsEvidence = {
  /** `--crs`. */
  asked: string | undefined;
  /** .prj text or the CRS GDAL read from the file; null where the file says nothing. */
  stated: string | null;
  kind: 'geojson' | 'shapefile';
  /** Raw coordinates; null where the file has none. */
  extent: Extent | null;
  homeExtent: Extent;
};

/** Throws UnprocessableError with ranked candidates, or with why the stated system cannot be used. */
export function chooseCrs(evidence: CrsEvidence): CrsChoice {
  const { asked, stated, extent, homeExtent } = evidence;
  if (asked !== undefined) {
    const identity = identifyCrs(asked);
    if (identity.kind === 'unknown') {
      throw new BadRequestError(
        {
          zh: `不认识坐标系“${asked}”,请写 EPSG 代码,例如 --crs EPSG:4526(2000国家大地坐标系3度带第38带,带号前缀)。`,
          en: `Unknown CRS "${asked}"; give an EPSG code, such as --crs EPSG:4526 (CGCS2000 3° zone 38 with prefix).`,
        },
        { field: 'crs' },
      );
    }
    const crs = usable(identity);
    assertFits(crs, evidence);
    const words: Bilingual[] = [{ zh: '坐标系由 --crs 指定', en: 'the CRS is as given by --crs' }];
    const fileSays = stated === null ? undefined : identifyCrs(stated);
    if (fileSays?.kind === 'known' && fileSays.crs.srid !== crs.srid) {
      words.push({
        zh: `文件写的是 ${fileSays.crs.name.zh}(EPSG:${fileSays.crs.srid}),未采用`,
        en: `the file says ${fileSays.crs.name.en} (EPSG:${fileSays.crs.srid}), which was not used`,
      });
    }
    return { crs, assumptions: words };
  }
  if (stated === null) throw withCandidates(unstated, extent, homeExtent);
  const identity = identifyCrs(stated);
  if (identity.kind === 'unknown') {
    const name = identity.name.slice(0, 80);
    throw withCandidates(
      { zh: `文件的坐标系“${name}”不能识别。`, en: `The file's CRS "${name}" is not known.` },
      extent,
      homeExtent,
    );
  }
  const crs = usable(identity);
  assertFits(crs, evidence);
  return { crs, assumptions: datumWords(crs) };
}

const unstated: Bilingual = { zh: '文件没有写明坐标系(缺 .prj)。', en: 'The file states no CRS (no .prj).' };

function datumWords(crs: Crs): Bilingual[] {
  if (crs.datum !== 'wgs84') return [];
  return [
    {
      zh: 'WGS 84 与 2000国家大地坐标系视为相同(本市相差约 0.8 米)',
      en: 'WGS 84 is taken as CGCS2000 (about 0.8 m apart here)',
    },
  ];
}

function usable(identity: CrsIdentity): Crs {
  if (identity.kind === 'gcj02') {
    throw new UnprocessableError({
      zh: '火星坐标(GCJ-02)经过加偏,不能导入为业务图层;请索取 2000国家大地坐标系的原始数据。',
      en: 'GCJ-02 is shifted on purpose and cannot be imported; ask for the original data in CGCS2000.',
    });
  }
  if (identity.kind === 'unknown') throw new RangeError('unknown CRS');
  if (!isConvertible(identity.crs)) {
    throw new UnprocessableError({
      zh: `${identity.crs.name.zh} 转换到 2000国家大地坐标系需要保密参数,不能直接导入(不带参数会偏移约 100 米)。请提供转换后的数据。`,
      en: `${identity.crs.name.en} needs secret parameters to become CGCS2000 and cannot be imported as it is (about 100 m off without them); provide converted data.`,
    });
  }
  return identity.crs;
}

/** The numbers must be possible in the system and fall on the region. */
function assertFits(crs: Crs, { extent, homeExtent }: CrsEvidence): void {
  if (extent === null) return;
  const looksLikeDegrees = Math.max(...extent.map(Math.abs)) <= 360;
  const sameKind = (crs.kind === 'geographic') === looksLikeDegrees;
  if (sameKind && touches(extentInDegrees(crs, extent), homeExtent)) return;
  const range = `X ${extent[0].toFixed(2)}–${extent[2].toFixed(2)}, Y ${extent[1].toFixed(2)}–${extent[3].toFixed(2)}`;
  const reason: Bilingual = sameKind
    ? {
        zh: `按 ${crs.name.zh}(EPSG:${crs.srid})读取,全部图形都在本地区范围之外(${range})。`,
        en: `Read as ${crs.name.en} (EPSG:${crs.srid}), everything lies outside the region (${range}).`,
      }
    : {
        zh: `文件写的坐标系是 ${crs.name.zh}(EPSG:${crs.srid}),但坐标值(${range})不是${crs.kind === 'geographic' ? '经纬度' : '该投影的平面坐标'}。`,
        en: `The CRS is stated as ${crs.name.en} (EPSG:${crs.srid}), but the numbers (${range}) are not ${crs.kind === 'geographic' ? 'degrees' : 'plane coordinates of it'}.`,
      };
  throw withCandidates(reason, extent, homeExtent);
}

function withCandidates(reason: Bilingual, extent: Extent | null, homeExtent: Extent): UnprocessableError {
  const guess = extent === null ? undefined : guessCrs(extent, homeExtent);
  const swapped = guess?.shape === 'swapped-degrees' || guess?.shape === 'swapped-projected';
  if (swapped) {
    return new UnprocessableError({
      zh: `${reason.zh}坐标值像是两轴颠倒(先北后东),请交换后重新导出。`,
      en: `${reason.en} The axes look swapped (north first); swap them and export again.`,
    });
  }
  const listed = guess?.candidates.slice(0, 4) ?? [];
  const zh = listed.map(
    ({ crs, insideHome }) => `  --crs EPSG:${crs.srid}  ${crs.name.zh}${insideHome ? ',落在本地区' : ''}`,
  );
  const en = listed.map(
    ({ crs, insideHome }) =>
      `  --crs EPSG:${crs.srid}  ${crs.name.en}${insideHome ? ', falls on the region' : ''}`,
  );
  return new UnprocessableError(
    listed.length === 0
      ? {
          zh: `${reason.zh}请向提供单位问明坐标系,用 --crs 指定。`,
          en: `${reason.en} Ask the provider and give --crs.`,
        }
      : {
          zh: `${reason.zh}请向提供单位核实后指定其一:\n${zh.join('\n')}`,
          en: `${reason.en} Check with the provider and give one of:\n${en.join('\n')}`,
        },
    { field: 'crs' },
  );
}
