/** What can be done to the selected sites at once: a bar under the list, each action with how many it can be done to. */
import { Button } from 'antd';
import type { WorkItem, WorkList } from '../../../geodata/contract/work-list.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { offeredTasks, type SetTask, splitTargets, taskKey } from './set-task.ts';

export function SetBar(props: { items: readonly WorkItem[]; list: WorkList; open: (task: SetTask) => void }) {
  const { items, list } = props;
  const { set: texts, item: itemTexts } = useWorkTexts();
  const language = useLanguage();
  const taskTitle = useTaskTitle();
  const tasks = offeredTasks(items, list.level);
  return (
    <section className="set-bar" aria-label={texts.barLabel}>
      <strong className="figure-left">{itemTexts.chosen(formatNumber(items.length, language))}</strong>
      {tasks.map((task, index) => (
        <Button
          key={taskKey(task)}
          type={index === 0 ? 'primary' : 'default'}
          onClick={() => props.open(task)}
        >
          {texts.withCount(
            taskTitle(task),
            formatNumber(splitTargets(items, task, list.period).able.length, language),
          )}
        </Button>
      ))}
      {tasks.length === 0 && <span className="quiet">{texts.noneAble}</span>}
    </section>
  );
}

export function useTaskTitle(): (task: SetTask) => string {
  const { set: texts } = useWorkTexts();
  const { actions } = useMarkingTexts();
  return (task) => (task.do === 'decide' ? actions.steps[task.to] : texts.actions[task.do]);
}
