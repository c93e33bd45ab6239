import { InvalidConfig } from '../config.ts';
import { AppError } from '../core/errors.ts';
import { type Command, helpOf, overview, parseLine } from './command.ts';
import { demoCommand } from './demo.ts';
import { importCommand } from './importFile.ts';
import { type Context, type Environment, type Io, printLine, printResult, UsageError } from './io.ts';
import { openapiCommand } from './openapi.ts';
import { startCommand } from './serve.ts';
import { tokenCommands } from './token.ts';
import { userCommands } from './user.ts';

export const commands: readonly Command[] = [
  startCommand,
  demoCommand,
  ...userCommands,
  ...tokenCommands,
  importCommand,
  openapiCommand,
];

interface Chosen {
  readonly command: Command;
  readonly words: readonly string[];
}

/** The command that the first words name, and the words after it. Options may stand before it. */
function chooseCommand(argv: readonly string[]): Chosen {
  const places = argv.flatMap((word, index) =>
    !word.startsWith('-') && argv[index - 1] !== '--data' ? [index] : [],
  );
  const [first, second] = places;
  if (first === undefined) return { command: startCommand, words: argv };
  const without = (count: number): string[] =>
    argv.filter((_, index) => !places.slice(0, count).includes(index));
  const pair = second === first + 1 ? `${argv[first]} ${argv[second]}` : '';
  const byTwo = commands.find((command) => command.name === pair);
  if (byTwo !== undefined) return { command: byTwo, words: without(2) };
  const byOne = commands.find((command) => command.name === argv[first]);
  if (byOne !== undefined) return { command: byOne, words: without(1) };
  const family = commands
    .filter((command) => command.name.startsWith(`${argv[first]} `))
    .map((command) => command.name);
  const hint = family.length > 0 ? `Say which: ${family.join(', ')}.` : 'See: rowgate --help';
  throw new UsageError(
    `There is no command '${pair === '' || family.length === 0 ? argv[first] : pair}'. ${hint}`,
  );
}

interface Failure {
  readonly exitCode: number;
  readonly code: string;
  readonly message: string;
}

/** What a person reads of an error; never a stack. */
function describeFailure(error: unknown): Failure {
  if (error instanceof UsageError) return { exitCode: 2, code: 'USAGE', message: error.message };
  if (error instanceof InvalidConfig) {
    return { exitCode: 1, code: 'INVALID_CONFIG', message: `The settings cannot be used:\n${error.message}` };
  }
  if (error instanceof AppError) {
    const errors = error.details?.errors;
    const [first] = Array.isArray(errors) ? errors : [];
    const more =
      typeof first?.message === 'string' ? `: ${String(first.instancePath).slice(1)} ${first.message}` : '';
    return { exitCode: 1, code: error.code, message: `${error.message}${more}` };
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return {
      exitCode: 1,
      code,
      message: 'The port is in use by another program. Choose another one with --port.',
    };
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return {
      exitCode: 1,
      code,
      message:
        'The data folder or the port may not be used by this user. Check the rights, or choose another with --data.',
    };
  }
  return { exitCode: 1, code: 'INTERNAL', message: `An internal error stopped the command: ${message}` };
}

const asksForHelp = (argv: readonly string[]): boolean => {
  const words = argv.filter((word) => word !== '--json');
  return words.length === 1 && ['help', '--help', '-h'].includes(words[0] ?? '');
};

/**
 * Runs one command line. Exit codes: 0 done, 1 failed, 2 not understood.
 * Results go to stdout, everything else to stderr.
 */
export async function runCommand(argv: readonly string[], env: Environment, io: Io): Promise<number> {
  const context: Context = { io, env, json: argv.includes('--json') };
  try {
    if (asksForHelp(argv)) {
      const summaries = commands.map(({ name, summary }) => ({ name, summary }));
      printResult(context, summaries, overview(commands));
      return 0;
    }
    const { command, words } = chooseCommand(argv);
    const { args, options } = parseLine(command, words);
    if (options.flag('help')) {
      printResult(
        context,
        { name: command.name, summary: command.summary, options: command.options },
        helpOf(command),
      );
      return 0;
    }
    return await command.run(context, args, options);
  } catch (error) {
    const { exitCode, code, message } = describeFailure(error);
    printLine(io.stderr, context.json ? JSON.stringify({ error: { code, message } }) : `rowgate: ${message}`);
    return exitCode;
  }
}
