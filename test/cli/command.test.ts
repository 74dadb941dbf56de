/** How typed words become options, and what is said where they do not. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineCommand, UsageError } from '../../server/cli/command.ts';
import { commands } from '../../server/cli/commands.ts';

const title = { zh: '某项', en: 'something' };
const command = defineCommand({
  id: 'example',
  summary: { zh: '示例', en: 'An example' },
  schema: z.object({
    file: z.string(),
    layerId: z.string(),
    map: z.array(z.string()).default([]),
    count: z.coerce.number().int().max(10).default(1),
    dryRun: z.boolean().default(false),
  }),
  options: {
    file: { title, value: 'FILE', isPath: true, isPositional: true },
    layerId: { title, value: 'ID' },
    map: { title, value: 'A=B', isRepeatable: true },
    count: { title, value: 'N' },
    dryRun: { title },
  },
  run: async () => undefined,
});
const parse = (line: string) => command.parse(line.split(' '), '/home/planner').options;
const problem = (line: string): UsageError => {
  try {
    parse(line);
  } catch (error) {
    if (error instanceof UsageError) return error;
  }
  throw new Error(`accepted: ${line}`);
};

describe('a typed command', () => {
  it('gets checked options, with defaults, and paths absolute from where it was typed', () => {
    expect(parse('data/红线.zip --layer-id red')).toEqual({
      file: '/home/planner/data/红线.zip',
      layerId: 'red',
      map: [],
      count: 1,
      dryRun: false,
    });
    expect(parse('--layer-id=red --map a=b --map c=d --dry-run --count 3 /tmp/x')).toEqual({
      file: '/tmp/x',
      layerId: 'red',
      map: ['a=b', 'c=d'],
      count: 3,
      dryRun: true,
    });
  });

  it.each([
    ['x --layer-id red --lyaer y', 'There is no option --lyaer'],
    ['x --layer-id', '--layer-id needs a value'],
    ['x --layer-id red --dry-run=yes', '--dry-run takes no value'],
    ['x y --layer-id red', 'Unexpected word "y"'],
    ['x --layer-id red --layer-id blue', '--layer-id is given twice'],
    ['--layer-id red', 'FILE is missing'],
    ['x', '--layer-id is missing'],
  ])('is refused: %s', (line, message) => {
    expect(problem(line).text.en).toBe(message);
    expect(problem(line).text.zh).toMatch(/[一-鿿]/);
  });

  it('is refused in both languages where a value is out of range', () => {
    expect(problem('x --layer-id red --count 11').text.en).toMatch(/^--count: .*10/);
    expect(problem('x --layer-id red --count 11').text.zh).toMatch(/^--count: .*[一-鿿].*10/);
  });

  it('explains itself from the same definition', () => {
    expect(command.usage('en').split('\n').slice(0, 2)).toEqual([
      'An example',
      '  npm run example -- FILE --layer-id ID [--map A=B] … [--count N] [--dry-run]',
    ]);
    expect(command.usage('zh')).toContain('某项');
  });
});

describe('every command', () => {
  it.each(
    Object.entries(commands),
  )('%s is listed under its id and has a usage text in both languages', async (id, load) => {
    const each = await load();
    expect(each.id).toBe(id);
    expect(each.usage('zh')).toContain(`npm run ${id}`);
    expect(each.usage('en')).not.toMatch(/[一-鿿]/);
  });
});
