/** Why something cannot be done, in words that say what to do instead. */
import type { Bilingual } from '../catalogue/layer-definition.ts';
import type { ObstacleId } from '../contract/marking.ts';

export const obstacleWords: Record<ObstacleId, Bilingual> = {
  not_signed_in: { zh: '请先登录。', en: 'Sign in first.' },
  not_your_role: {
    zh: '当前账号的角色不办理这一步。',
    en: 'This step is not one the role of this account takes.',
  },
  not_your_unit: {
    zh: '这座矿山不在当前账号负责的填报单位内。',
    en: 'This site belongs to a reporting unit outside the scope of this account.',
  },
  no_unit: {
    zh: '这座矿山没有填报单位,不能填报;请管理员在矿山图层中补填报单位。',
    en: 'No unit reports this site, so it cannot be marked; ask the administrator to give it a reporting unit.',
  },
  wrong_status: {
    zh: '矿山当前的状态不能办理这一步,请按可选的下一步办理。',
    en: 'Where the site stands now this step cannot be taken; take one of the offered ones.',
  },
  report_pending: {
    zh: '有一份改变状态的月报等待县级审核,请先审核或退回它。',
    en: 'A report that changes the status waits for the county; review or return it first.',
  },
  already_opened: {
    zh: '上一级已打开这份月报,不能再撤回;如需修改,请联系审核人退回。',
    en: 'The next level has opened the report, so it cannot be withdrawn; ask the reviewer to return it.',
  },
  already_reported: {
    zh: '本期已经报送;如需修改,请先撤回,或请审核人退回。',
    en: 'This month has been reported; withdraw it, or ask the reviewer to return it, to change it.',
  },
  nothing_reported: {
    zh: '本期没有等待这一步的月报。',
    en: 'No report of this month waits for this step.',
  },
  not_returned: { zh: '这份月报没有被退回。', en: 'The report has not been returned.' },
  own_report: {
    zh: '不能审核自己报送的月报,请由另一位审核人办理。',
    en: 'One cannot review a report one has submitted; another reviewer has to.',
  },
  earlier_pending: {
    zh: '更早一期的月报还在等待县级审核,请先办理那一份。',
    en: 'The report of an earlier month still waits for the county; review that one first.',
  },
  later_passed: {
    zh: '后面月份的月报已经审核通过,不能再补报这一期;如需修改数值,请用“更正”。',
    en: 'A later month has been accepted, so this one cannot be reported any more; use a correction for its values.',
  },
  stands_on_it: {
    zh: '其后已有依据这份月报办理的状态变化,不能直接退回;请先恢复后面的步骤。',
    en: 'Later steps stand on this report, so it cannot be returned; restore the state before them first.',
  },
  no_such_event: {
    zh: '这座矿山没有这条可恢复的留痕,请刷新后重选。',
    en: 'The site has no such state to restore; load its history again.',
  },
};
