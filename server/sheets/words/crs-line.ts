/** The line that says in which coordinate system a map is drawn. Pure. */
import type { SheetCrs } from '../sheet-content.ts';
import { type SheetLanguage, say } from './sheet-language.ts';

/** `114°E`, `117.5°E`, `75°W`. */
function meridian(degrees: number): string {
  return `${Number(Math.abs(degrees).toFixed(4))}°${degrees < 0 ? 'W' : 'E'}`;
}

const gaussKruger = {
  'gauss-kruger-3': { 'zh-CN': '3°分带', en: '3° zones' },
  'gauss-kruger-6': { 'zh-CN': '6°分带', en: '6° zones' },
} as const;

/** The datum's name before what the line tells itself: projection, zones, meridian. */
function datumName(name: string): string {
  return name.split(/\s*[/·(]|\s+(?=高斯|\d+\s*(?:°|度|-degree))/)[0]?.trim() ?? name;
}

/** `2000国家大地坐标系 · 高斯-克吕格投影 · 3°分带 · 中央子午线 114°E`; others by their name and EPSG code. */
export function crsLine(crs: SheetCrs, language: SheetLanguage): string {
  const name = say(crs.name, language);
  if (crs.kind !== 'gauss-kruger-3' && crs.kind !== 'gauss-kruger-6') return `${name} · EPSG:${crs.srid}`;
  const parts = [
    datumName(name),
    language === 'en' ? 'Gauss-Krüger projection' : '高斯-克吕格投影',
    gaussKruger[crs.kind][language],
  ];
  if (crs.centralMeridian !== null) {
    parts.push(`${language === 'en' ? 'central meridian' : '中央子午线'} ${meridian(crs.centralMeridian)}`);
  }
  return parts.join(' · ');
}
