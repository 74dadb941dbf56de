/** The CRS an export is asked in: CGCS2000 degrees or one that is computed from it without secret parameters. */
import { type Crs, findCrs, isConvertible } from '../../geodata/domain/crs.ts';
import { identifyCrs } from '../../geodata/domain/identify-crs.ts';
import { BadRequestError, UnprocessableError } from '../errors.ts';

const storedSrid = 4490;

/** Throws BadRequestError for a name that is not known, UnprocessableError for a datum nothing is converted to. */
export function chooseExportCrs(asked: string | undefined): Crs {
  const identity = identifyCrs(asked ?? `EPSG:${storedSrid}`);
  if (identity.kind === 'known' && isConvertible(identity.crs)) return identity.crs;
  if (identity.kind === 'unknown') {
    throw new BadRequestError(
      {
        zh: `不认识坐标系“${asked}”,请写 EPSG 代码,例如 --crs EPSG:4526(2000国家大地坐标系3度带第38带,带号前缀)。`,
        en: `Unknown CRS "${asked}"; give an EPSG code, such as --crs EPSG:4526 (CGCS2000 3° zone 38 with prefix).`,
      },
      { field: 'crs' },
    );
  }
  const name = identity.kind === 'known' ? identity.crs.name : { zh: '火星坐标(GCJ-02)', en: 'GCJ-02' };
  throw new UnprocessableError(
    {
      zh: `不能导出为${name.zh}:转换需要保密参数或加偏算法,本系统不提供。`,
      en: `Nothing is exported in ${name.en}: that takes secret parameters, which are not here.`,
    },
    { field: 'crs' },
  );
}

/** Beyond this many degrees from the central meridian the projection's series lose their accuracy. */
const maxDegreesFromMeridian = 6;

/** Throws UnprocessableError where the layer lies too far from the system's central meridian. */
export function refuseFarZone(crs: Crs, extent4490: readonly [number, number, number, number] | null): void {
  const { centralMeridian } = crs;
  if (extent4490 === null || centralMeridian === null || crs.kind === 'web-mercator') return;
  const [west, , east] = extent4490;
  const farthest = Math.max(Math.abs(west - centralMeridian), Math.abs(east - centralMeridian));
  if (farthest <= maxDegreesFromMeridian) return;
  const fitting = findCrs(4534 + Math.round((west + east) / 6) - 25);
  throw new UnprocessableError(
    {
      zh: `图层在东经 ${west.toFixed(2)}°–${east.toFixed(2)}°,离 ${crs.name.zh} 的中央经线太远;${fitting === undefined ? '请换一带' : `可用 --crs EPSG:${fitting.srid}(${fitting.name.zh})`}。`,
      en: `The layer lies at ${west.toFixed(2)}°–${east.toFixed(2)}° E, too far from the central meridian of ${crs.name.en}; ${fitting === undefined ? 'choose another zone' : `use --crs EPSG:${fitting.srid}`}.`,
    },
    { field: 'crs' },
  );
}
