/**
 * What a command is: its options as one zod schema plus how each is typed, from which parsing, usage text and
 * checks follow. Thin: `run` calls a use case and reports lines. Knows no process, no terminal and no socket, so
 * the same command runs in the command line's own process or inside a running server.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { Context } from '../context.ts';
import { LantuError } from '../errors.ts';

export type Language = keyof Bilingual;

/** Where a running command says what it does, and learns that nobody waits for it any more. */
export type Reporter = {
  /** One line of progress or result. */
  report(text: Bilingual): void;
  /** Aborted on Ctrl-C; a command checks it between its steps and then throws `signal.reason`. */
  signal: AbortSignal;
};

export type OptionSpec = {
  title: Bilingual;
  /** Word for the value in the usage line, such as FILE; left out for a switch. */
  value?: string;
  /** The value names a file or folder, where it looks like that: it is made absolute from where the command was typed. */
  isPath?: true | RegExp;
  /** May be given several times; the schema gets an array. */
  isRepeatable?: true;
  /** Given without its name, in the order of the definition. */
  isPositional?: true;
};

type CommandDefinition<Schema extends z.ZodObject> = {
  /** What is typed: `npm run <id> -- …`. */
  id: string;
  summary: Bilingual;
  /** Checked values by camelCase key; `dryRun` is typed as `--dry-run`. */
  schema: Schema;
  options: { [Key in keyof z.input<Schema>]-?: OptionSpec };
  /** See Command; left out where there is nothing to start. */
  prepare?(): void;
  run(context: Context, options: z.output<Schema>, reporter: Reporter): Promise<void>;
};

export type ParsedCommand = {
  options: Readonly<Record<string, unknown>>;
  /** Throws a LantuError where the command could not do its work. */
  run(context: Context, reporter: Reporter): Promise<void>;
};

export type Command = {
  id: string;
  summary: Bilingual;
  /** `--lang` is an option of its own besides being the language of the command line. */
  takesLanguage: boolean;
  /** Starts what can be started while the database opens; only for a process that runs the command itself. */
  prepare(): void;
  usage(language: Language): string;
  /** Relative paths are taken from `folder`. Throws UsageError naming the option at fault. */
  parse(words: readonly string[], folder: string): ParsedCommand;
};

/** The command was typed wrongly: exit code 2 and the usage text. */
export class UsageError extends LantuError {
  readonly code = 'usage';
}

export function defineCommand<Schema extends z.ZodObject>(definition: CommandDefinition<Schema>): Command {
  const specs: Record<string, OptionSpec> = definition.options;
  return {
    id: definition.id,
    summary: definition.summary,
    takesLanguage: 'lang' in specs,
    prepare: () => definition.prepare?.(),
    usage: (language) => usageText(definition.id, definition.summary, specs, definition.schema, language),
    parse(words, folder) {
      const options = checkOptions(definition.schema, specs, readWords(words, specs, folder));
      return { options, run: (context, reporter) => definition.run(context, options, reporter) };
    },
  };
}

type Given = Record<string, string | boolean | string[]>;

function readWords(words: readonly string[], specs: Record<string, OptionSpec>, folder: string): Given {
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(specs).map(([key, spec]) => [
        flagOf(key),
        { type: spec.value === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const keyByFlag = new Map(Object.keys(specs).map((key) => [flagOf(key), key]));
  const positionalKeys = Object.keys(specs).filter((key) => specs[key]?.isPositional);
  const given: Given = {};
  const put = (key: string, value: string | true): void => {
    const spec = specs[key];
    const isPath =
      value !== true && (spec?.isPath instanceof RegExp ? spec.isPath.test(value) : spec?.isPath);
    const typed = isPath ? resolve(folder, value) : value;
    if (spec?.isRepeatable && typed !== true) {
      given[key] = [...((given[key] as string[] | undefined) ?? []), typed];
    } else if (key in given) {
      throw new UsageError({ zh: `选项 --${flagOf(key)} 只能给一次`, en: `--${flagOf(key)} is given twice` });
    } else {
      given[key] = typed;
    }
  };
  for (const token of tokens) {
    if (token.kind === 'positional') {
      const key = positionalKeys.find((candidate) => !(candidate in given) || specs[candidate]?.isRepeatable);
      if (key === undefined) {
        throw new UsageError({ zh: `多余的参数“${token.value}”`, en: `Unexpected word "${token.value}"` });
      }
      put(key, token.value);
    } else if (token.kind === 'option') {
      const key = keyByFlag.get(token.name);
      if (key === undefined) {
        throw new UsageError({ zh: `没有选项 ${token.rawName}`, en: `There is no option ${token.rawName}` });
      }
      const takesValue = specs[key]?.value !== undefined;
      if (takesValue && (token.value === undefined || token.value === '')) {
        throw new UsageError({ zh: `选项 --${token.name} 缺少值`, en: `--${token.name} needs a value` });
      }
      if (!takesValue && token.value !== undefined) {
        throw new UsageError({ zh: `选项 --${token.name} 不带值`, en: `--${token.name} takes no value` });
      }
      put(key, token.value ?? true);
    }
  }
  return given;
}

function checkOptions<Schema extends z.ZodObject>(
  schema: Schema,
  specs: Record<string, OptionSpec>,
  given: Given,
): z.output<Schema> {
  for (const key of Object.keys(specs)) {
    if (!(key in given) && !schema.shape[key].safeParse(undefined).success) {
      const name = typedName(key, specs[key]);
      throw new UsageError({ zh: `缺少 ${name}`, en: `${name} is missing` }, { field: key });
    }
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const zh = schema.safeParse(given, { error: z.locales.zhCN().localeError }).error?.issues;
  const describe = (issues: readonly z.core.$ZodIssue[] = []): string =>
    issues
      .map(({ path, message }) =>
        path.length === 0 ? message : `${typedName(String(path[0]), specs[String(path[0])])}: ${message}`,
      )
      .join('\n');
  throw new UsageError({ zh: describe(zh), en: describe(parsed.error.issues) });
}

function flagOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function typedName(key: string, spec: OptionSpec | undefined): string {
  return spec?.isPositional ? (spec.value ?? key.toUpperCase()) : `--${flagOf(key)}`;
}

function usageText(
  id: string,
  summary: Bilingual,
  specs: Record<string, OptionSpec>,
  schema: z.ZodObject,
  language: Language,
): string {
  const rows = Object.entries(specs).map(([key, spec]) => {
    const name = typedName(key, spec);
    const typed = spec.isPositional || spec.value === undefined ? name : `${name} ${spec.value}`;
    const isOptional = schema.shape[key].safeParse(undefined).success;
    const shown = isOptional ? `[${typed}]` : typed;
    return { shown: spec.isRepeatable ? `${shown} …` : shown, typed, title: spec.title[language] };
  });
  const width = Math.max(0, ...rows.map(({ typed }) => typed.length)) + 2;
  const line = ['npm run', id, ...(rows.length > 0 ? ['--'] : []), ...rows.map(({ shown }) => shown)].join(
    ' ',
  );
  return [
    summary[language],
    `  ${line}`,
    ...rows.map(({ typed, title }) => `    ${typed.padEnd(width)}${title}`),
  ].join('\n');
}
