/** README's diagram of the workflow is the one the data gives; UPDATE_GOLDEN=1 rewrites it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { steps } from '../../geodata/domain/workflow.ts';
import { workflowDiagram } from '../../geodata/domain/workflow-diagram.ts';

const readme = new URL('../../README.md', import.meta.url);
const section = /(<!-- workflow -->\n```mermaid\n)[\s\S]*?(\n```\n<!-- \/workflow -->)/;

it('README shows the workflow as it is', () => {
  const text = readFileSync(readme, 'utf8');
  const expected = text.replace(section, (_, start: string, end: string) => `${start}${workflowDiagram()}${end}`);
  expect(section.test(text)).toBe(true);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(readme, expected);
  else expect(text).toBe(expected);
});

it('the diagram has every step', () => {
  const diagram = workflowDiagram();
  for (const { from, to } of steps) {
    for (const status of from) {
      const isDrawn = diagram.includes(`${status} --> ${to} : `) || diagram.includes(`note right of ${to}\n`);
      expect([status, to, isDrawn]).toEqual([status, to, true]);
    }
  }
});
