/** The workflow as a Mermaid state diagram, for README: generated from the data, so that it cannot say otherwise. Pure. */
import { type Step, type StepTaker, statuses, statusIds, steps, stepsFrom } from './workflow.ts';

const takers: Record<StepTaker, string> = {
  editor: '县级填报',
  county_reviewer: '县级审核',
  city_reviewer: '市级审核',
};

/** Text of a `stateDiagram-v2`, without the fence and without a final line break. */
export function workflowDiagram(): string {
  const [first] = statusIds;
  return [
    'stateDiagram-v2',
    ...statusIds.map((id) => `  state "${statuses[id].title.zh} ${statuses[id].title.en}" as ${id}`),
    `  [*] --> ${first}`,
    ...[...takersByPair()].map(([pair, by]) => `  ${pair} : ${by.join('、')}`),
    ...statusIds.filter((id) => stepsFrom(id).length === 0).map((id) => `  ${id} --> [*]`),
    ...leavingSteps().flatMap(({ to, by }) => [
      `  note right of ${to}`,
      `    从任一列入的状态 from every listed status : ${takers[by]}`,
      '  end note',
    ]),
  ].join('\n');
}

/** Steps out of every listed status would hide the others: they are told beside the status they lead to. */
function leavingSteps(): readonly Step[] {
  const listed = statusIds.filter((id) => statuses[id].counts.listed);
  return steps.filter(({ from }) => listed.every((id) => from.includes(id)));
}

function takersByPair(): Map<string, string[]> {
  const leaving = leavingSteps();
  const pairs = new Map<string, string[]>();
  for (const step of steps.filter((one) => !leaving.includes(one))) {
    for (const from of step.from) {
      const pair = `${from} --> ${step.to}`;
      pairs.set(pair, [...(pairs.get(pair) ?? []), takers[step.by]]);
    }
  }
  return pairs;
}
