import { parseArgs } from 'node:util';
import { type Context, UsageError } from './io.ts';

export interface Option {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the help, e.g. '<folder>'. */
  readonly value?: string;
  readonly help: string;
}

/** A command is data: help and parsing come from it. */
export interface Command {
  /** As it is typed, e.g. 'token create'. */
  readonly name: string;
  /** Names of its arguments, all required. */
  readonly args: readonly string[];
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly string[];
  readonly run: (context: Context, args: readonly string[], options: Options) => Promise<number>;
}

/** Given options: text of string options, true of flags. */
export interface Options {
  readonly text: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
}

export const globalOptions: Readonly<Record<string, Option>> = {
  data: { type: 'string', value: '<folder>', help: 'Data folder (setting ROWGATE_DATA; default ./data).' },
  json: { type: 'boolean', help: 'Results as JSON, for programs.' },
  help: { type: 'boolean', help: 'Show this help.' },
};

export interface ParsedLine {
  readonly args: readonly string[];
  readonly options: Options;
}

function parse(command: Command, words: readonly string[]): ReturnType<typeof parseArgs> {
  const all = { ...command.options, ...globalOptions };
  try {
    return parseArgs({
      args: [...words],
      options: Object.fromEntries(Object.entries(all).map(([name, { type }]) => [name, { type }])),
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.replace(/\. To specify.*$/s, '.')}`);
  }
}

/** Throws UsageError for unknown options and a wrong number of arguments. */
export function parseLine(command: Command, words: readonly string[]): ParsedLine {
  const { positionals, values } = parse(command, words);
  const options: Options = {
    text: (name) => {
      const value = values[name];
      return typeof value === 'string' ? value : undefined;
    },
    flag: (name) => values[name] === true,
  };
  if (!options.flag('help') && positionals.length !== command.args.length) {
    const wanted =
      command.args.length === 0 ? 'no argument' : command.args.map((arg) => `<${arg}>`).join(' ');
    throw new UsageError(`'${command.name}' takes ${wanted}, but ${positionals.length} were given.`);
  }
  return { args: positionals, options };
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  const entries = Object.entries(options).map(([name, option]) => ({
    usage: `--${name}${option.value === undefined ? '' : ` ${option.value}`}`,
    help: option.help,
  }));
  const width = Math.max(...entries.map((entry) => entry.usage.length));
  return entries.map((entry) => `  ${entry.usage.padEnd(width)}  ${entry.help}`);
}

/** The help of one command. */
export function helpOf(command: Command): string[] {
  const args = command.args.map((arg) => ` <${arg}>`).join('');
  const own =
    Object.keys(command.options).length === 0 ? [] : ['', 'Options:', ...optionLines(command.options)];
  const examples =
    command.examples.length === 0 ? [] : ['', 'Examples:', ...command.examples.map((line) => `  ${line}`)];
  return [
    `rowgate ${command.name}${args} [options]`,
    '',
    command.summary,
    ...own,
    '',
    'For every command:',
    ...optionLines(globalOptions),
    ...examples,
  ];
}

/** The help of the whole. */
export function overview(commands: readonly Command[]): string[] {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'rowgate <command> [options]',
    '',
    'Your SQL database as a spreadsheet that people share and a REST API that programs call.',
    '',
    'Commands:',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    'Without a command: start. More about one: rowgate <command> --help',
  ];
}
