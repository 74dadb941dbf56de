/** Phrases of a sheet with something put into them, in both languages. Numbers come in already printed. */
import type { SheetLanguage } from './sheet-language.ts';

type Phrase<Given extends unknown[]> = Record<SheetLanguage, (...given: Given) => string>;

export const sheetPhrases = {
  page: {
    'zh-CN': (number, of) => `第 ${number} 页 / 共 ${of} 页`,
    en: (number, of) => `Page ${number} of ${of}`,
  } as Phrase<[number: string, of: string]>,
  more: {
    'zh-CN': (count) => `另有 ${count} 项`,
    en: (count) => `${count} more not shown`,
  } as Phrase<[count: string]>,
  moreVertices: {
    'zh-CN': (count) => `另有 ${count} 个拐点未列于本页`,
    en: (count) => `${count} more vertices are not on this page`,
  } as Phrase<[count: string]>,
  patch: {
    'zh-CN': (number, area) => `图斑 ${number}(${area})`,
    en: (number, area) => `Patch ${number} (${area})`,
  } as Phrase<[number: string, area: string]>,
  patchPart: {
    'zh-CN': (number) => `图斑 ${number}`,
    en: (number) => `Patch ${number}`,
  } as Phrase<[number: string]>,
  headline: {
    'zh-CN': (day, place, sites, area, rate) =>
      `截至${day},${place}完成治理 ${sites} 座、${area},完工率 ${rate}`,
    en: (day, place, sites, area, rate) =>
      `By ${day}, ${sites} sites (${area}) are completed in ${place}: ${rate} of the task`,
  } as Phrase<[day: string, place: string, sites: string, area: string, rate: string]>,
  overdue: {
    'zh-CN': (sites, where) => `${sites} 座超计划年度未完工${where}`,
    en: (sites, where) => `${sites} past their plan year and not completed${where}`,
  } as Phrase<[sites: string, where: string]>,
  rectifying: {
    'zh-CN': (sites, where) => `${sites} 座整改${where}`,
    en: (sites, where) => `${sites} being rectified${where}`,
  } as Phrase<[sites: string, where: string]>,
  silent: {
    'zh-CN': (sites, where) => `${sites} 座到期未报${where}`,
    en: (sites, where) => `${sites} without a due report${where}`,
  } as Phrase<[sites: string, where: string]>,
  below: { 'zh-CN': (most) => `${most} 以下`, en: (most) => `below ${most}` } as Phrase<[most: string]>,
  from: { 'zh-CN': (least) => `${least} 及以上`, en: (least) => `${least} and above` } as Phrase<
    [least: string]
  >,
};
