/** 统计面板、历史时点的文字. Texts of the figures, of their lists and of past days, in both languages. */
import type { FigureId } from '../../geodata/contract/progress.ts';

type FigureTexts = Record<FigureId, { title: string; how: string }>;

const figuresZh: FigureTexts = {
  listed: { title: '台账合计', how: '台账中的全部矿山,核减(调出)的不在内。' },
  started: {
    title: '已开工',
    how: '当日状态为施工中、自然恢复、完工自验及其后各步、整改的矿山。开工率=已开工÷下达任务。',
  },
  completed: {
    title: '已完工',
    how: '当日状态为完工自验、县级验收、市级验收、公示、销号、已移交的矿山;整改中的不计。完工面积是这些矿山的任务面积。完工率=已完工÷下达任务。',
  },
  closed: { title: '已销号', how: '当日状态为销号或已移交的矿山。销号率=已销号÷下达任务。' },
  rectifying: { title: '整改', how: '当日状态为整改的矿山:只计入开工,不计入完工和销号。' },
  excluded: { title: '核减(另计)', how: '经批复核减(调出)的矿山,不在台账合计内;下达任务不变。' },
  treated: {
    title: '累计治理面积',
    how: '台账内各矿山截至当日的累计治理面积之和,含未完工的矿山;与完工面积是两回事,不用来计算完工率。',
  },
  returned: { title: '退回待重报', how: '月报被县级或市级退回、尚未重新报送的矿山。' },
  waits_county: { title: '待县级审核', how: '月报已报送、县级尚未审核的矿山;审核通过后才计入统计。' },
  waits_city: { title: '待市级审核', how: '县级已审核通过、市级尚未确认的月报;已计入统计。' },
  silent: {
    title: '到期未报',
    how: '应报而没有月报的矿山(撤回的也算未报),按连续未报的月数列出,月数从开始月报的那一期算起;已销号的每季度应报一次管护检查。',
  },
  overdue: { title: '超计划年度', how: '计划年度已过、尚未完工的矿山,按超过的月数列出。' },
};

const figuresEn: FigureTexts = {
  listed: { title: 'Ledger total', how: 'Every site of the ledger; removed ones are not in it.' },
  started: {
    title: 'Started',
    how: 'Sites in progress, in natural recovery, rectifying, or completed and beyond on that day. Start rate = started ÷ assigned.',
  },
  completed: {
    title: 'Completed',
    how: 'Sites completed, accepted by county or city, in public notice, closed or handed over on that day; those being rectified are not. The completed area is the assigned area of these sites. Completion rate = completed ÷ assigned.',
  },
  closed: {
    title: 'Closed',
    how: 'Sites closed or handed over on that day. Closure rate = closed ÷ assigned.',
  },
  rectifying: {
    title: 'Rectifying',
    how: 'Sites being rectified: they count as started, not as completed or closed.',
  },
  excluded: {
    title: 'Removed (apart)',
    how: 'Sites removed by approval, not in the ledger total; the assigned base stays as it is.',
  },
  treated: {
    title: 'Treated to date',
    how: 'Sum of the area treated by that day on all sites of the ledger, unfinished ones included; not the completed area, and no part of the completion rate.',
  },
  returned: {
    title: 'Returned',
    how: 'Sites whose monthly report was returned by county or city and not sent again.',
  },
  waits_county: {
    title: 'Waiting for the county',
    how: 'Sites whose report was sent and is not reviewed by the county yet; it counts once it has passed.',
  },
  waits_city: {
    title: 'Waiting for the city',
    how: 'Sites whose report has passed the county and is not confirmed by the city; it counts already.',
  },
  silent: {
    title: 'No report when due',
    how: 'Sites that owed a report and gave none (a withdrawn one is none), by months in a row, counted from the first month reports were asked for; closed sites owe an aftercare check each quarter.',
  },
  overdue: {
    title: 'Past plan year',
    how: 'Sites whose plan year is over and that are not completed, by months past it.',
  },
};

export const progressZh = {
  figures: figuresZh,
  listOf: (figure: string) => `列出${figure}的矿山`,
  months: (months: string) => `${months} 个月`,
  step: (months: string, sites: string) => `${months}个月 ${sites}座`,
  phases: '各阶段座数',
  phaseHint: (phase: string, sites: string) => `${phase} ${sites} 座;点击只看这一阶段`,
  backToFigures: '返回统计',
  emptyList: '没有这样的矿山。',
  listFailed: '名单没有取到',
  copySentence: '复制为文字',
  copied: '已复制',
  copyByHand: '浏览器不允许复制,请手工复制下面的文字。',
  pastDay: '历史时点',
  pastTool: '时点',
  pastToolHint: '历史时点:查看任意一天终了时的状态',
  slider: '历史时点:拖动选择日期,左右方向键按月移动',
  earlier: '前一个月',
  later: '后一个月',
  toNow: '回到现在',
  now: '现在',
  day: '日期',
  hide: '收起历史时点',
  noHistory: '还没有留痕,没有可以回看的日期。',
  pastNote: '所示为该日终了时的状态;不能填报。',
  sentence: {
    intro: (date: string, place: string) => `截至${date},${place}废弃矿山修复`,
    assigned: (sites: string, area: string) => `下达任务${sites}座、${area}`,
    listed: (sites: string, area: string) => `台账合计${sites}座、${area}`,
    started: (sites: string, rate: string, areaRate: string) =>
      `已开工${sites}座,开工率${rate}(按面积${areaRate})`,
    completed: (sites: string, area: string, rate: string, areaRate: string) =>
      `已完工${sites}座、${area},完工率${rate}(按面积${areaRate})`,
    closed: (sites: string, rate: string, areaRate: string) =>
      `已销号${sites}座,销号率${rate}(按面积${areaRate})`,
    treated: (area: string) => `累计治理面积${area}`,
    change: (sites: string) => `较上月末新增完工${sites}座`,
    rectifying: (sites: string) => `整改${sites}座`,
    overdue: (sites: string) => `超计划年度${sites}座`,
    excluded: (sites: string) => `核减${sites}座(另计)`,
    basis: (basis: string) => `面积口径为${basis}`,
    sample: '(示意数据)',
    comma: ',',
    semicolon: ';',
    stop: '。',
    areas: { km2: '平方公里', ha: '公顷' },
  },
};

export type ProgressTexts = typeof progressZh;

const sitesEn = (sites: string) => (sites === '1' ? '1 site' : `${sites} sites`);

export const progressEn: ProgressTexts = {
  figures: figuresEn,
  listOf: (figure) => `List the sites: ${figure}`,
  months: (months) => (months === '1' ? '1 month' : `${months} months`),
  step: (months, sites) => `${months} mo: ${sites}`,
  phases: 'Sites by phase',
  phaseHint: (phase, sites) => `${phase}: ${sitesEn(sites)}; click for this phase only`,
  backToFigures: 'Back to the figures',
  emptyList: 'There is no such site.',
  listFailed: 'The list was not loaded',
  copySentence: 'Copy as text',
  copied: 'Copied',
  copyByHand: 'The browser does not allow copying; copy the text below by hand.',
  pastDay: 'As of',
  pastTool: 'As of',
  pastToolHint: 'As of: the state at the end of any day',
  slider: 'As of: drag to a day, arrow keys go by months',
  earlier: 'A month earlier',
  later: 'A month later',
  toNow: 'Back to now',
  now: 'Now',
  day: 'Day',
  hide: 'Put the slider away',
  noHistory: 'Nothing has been recorded yet, so there is no day to go back to.',
  pastNote: 'Shown as at the end of that day; nothing can be marked.',
  sentence: {
    intro: (date, place) => `As of ${date}, remediation of abandoned mines in ${place}: `,
    assigned: (sites, area) => `assigned ${sitesEn(sites)}, ${area}`,
    listed: (sites, area) => `ledger total ${sitesEn(sites)}, ${area}`,
    started: (sites, rate, areaRate) => `started ${sitesEn(sites)}, ${rate} (by area ${areaRate})`,
    completed: (sites, area, rate, areaRate) =>
      `completed ${sitesEn(sites)}, ${area}, ${rate} (by area ${areaRate})`,
    closed: (sites, rate, areaRate) => `closed ${sitesEn(sites)}, ${rate} (by area ${areaRate})`,
    treated: (area) => `treated to date ${area}`,
    change: (sites) => `${sites} more completed than at the last month end`,
    rectifying: (sites) => `rectifying ${sitesEn(sites)}`,
    overdue: (sites) => `past plan year ${sitesEn(sites)}`,
    excluded: (sites) => `removed ${sitesEn(sites)} (apart)`,
    basis: (basis) => `areas: ${basis.toLowerCase()}`,
    sample: ' (sample data)',
    comma: ', ',
    semicolon: '; ',
    stop: '.',
    areas: { km2: ' km²', ha: ' ha' },
  },
};
