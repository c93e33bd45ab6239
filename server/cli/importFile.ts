import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { createBase } from '../core/bases/create.ts';
import type { Core } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import {
  type ImportFormat,
  importFormats,
  type ReadOptions,
  type StoredFile,
} from '../core/imports/importedFile.ts';
import { importTables } from '../core/imports/importTables.ts';
import type { ImportProgress, ImportReport } from '../core/imports/report.ts';
import type { BaseSummary, Caller, Table } from '../core/model.ts';
import { findTableByName } from '../core/names.ts';
import { titleOfFile } from '../imports/nameColumns.ts';
import type { Command, Options } from './command.ts';
import { type Context, type Io, printLine, printResult, UsageError } from './io.ts';
import { callerFor, chooseUser, requireBaseByName, withCore } from './openData.ts';

function readFormat(given: string | undefined): ImportFormat | undefined {
  const format = importFormats.find((candidate) => candidate === given);
  if (given !== undefined && format === undefined) {
    throw new UsageError(`'${given}' is not a format. Formats: ${importFormats.join(', ')}`);
  }
  return format;
}

function readOptions(options: Options): ReadOptions {
  const quote = options.text('quote');
  const entries = {
    format: readFormat(options.text('format')),
    title: options.text('title'),
    delimiter: options.text('delimiter'),
    quote: quote === 'none' ? '' : quote,
    header: options.flag('no-header') ? false : undefined,
    decimalComma: options.flag('decimal-comma') ? true : undefined,
    encoding: options.text('encoding'),
  };
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined),
  ) as ReadOptions;
}

/** The file as it lies, not copied. Throws GENERIC_NOT_FOUND, UNPROCESSABLE. */
export async function fileAt(path: string): Promise<StoredFile> {
  const full = resolve(path);
  try {
    const found = await stat(full);
    if (!found.isFile()) throw new AppError('UNPROCESSABLE', `'${path}' is not a file.`);
    return { id: '', path: full, name: basename(full), bytes: found.size };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new AppError(
      'GENERIC_NOT_FOUND',
      `The file '${path}' does not exist. Check its path.`,
      undefined,
      error,
    );
  }
}

/** Writes how far an import has come: one line that changes on a terminal, otherwise one line a table. */
export function progressPrinter(io: Io): {
  tell: (progress: ImportProgress) => Promise<void>;
  end: () => void;
} {
  const terminal = io.stderr.isTTY === true;
  let last: ImportProgress | undefined;
  const describe = (progress: ImportProgress): string => {
    const refused = progress.refused === 0 ? '' : `, ${progress.refused} refused`;
    return `${progress.table}: ${progress.rowsDone} of ${progress.rowsTotal} rows${refused}`;
  };
  const finish = (): void => {
    if (last !== undefined) printLine(io.stderr, `${terminal ? '\r\x1b[K' : ''}${describe(last)}`);
    last = undefined;
  };
  return {
    async tell(progress) {
      if (last !== undefined && last.table !== progress.table) finish();
      last = progress;
      if (terminal) io.stderr.write(`\r\x1b[K${describe(progress)}`);
    },
    end: finish,
  };
}

/** The base named; unnamed, the only one there is, or a new one called like the file. */
async function chooseBase(
  core: Core,
  caller: Caller,
  name: string | undefined,
  file: StoredFile,
): Promise<Pick<BaseSummary, 'id' | 'title'>> {
  if (name !== undefined) return requireBaseByName(core, name);
  const bases = await core.stores.bases.list();
  const [only] = bases;
  if (only === undefined) return createBase(core, caller, { title: titleOfFile(file.name).slice(0, 50) });
  if (bases.length === 1) return only;
  const known = bases
    .slice(0, 20)
    .map((base) => `'${base.title}' (${base.id})`)
    .join(', ');
  throw new UsageError(`There are ${bases.length} bases: ${known}. Say which one with --base.`);
}

async function chooseTable(core: Core, baseId: string, name: string | undefined): Promise<Table | undefined> {
  if (name === undefined) return undefined;
  const base = await core.snapshot.findBase(baseId);
  const table = base === undefined ? undefined : findTableByName(base, name);
  if (table !== undefined) return table;
  const known =
    base?.tables
      .slice(0, 20)
      .map((one) => `'${one.title}'`)
      .join(', ') || 'none';
  throw new AppError('TABLE_NOT_FOUND', `Table '${name}' not found. The base's tables: ${known}.`);
}

function linesOf(report: ImportReport, base: { title: string; id: string }): string[] {
  const lines = [
    `Imported ${report.rows} rows in ${report.tables.length} tables into base '${base.title}' (${base.id}).`,
  ];
  for (const table of report.tables) {
    if (table.unknownColumns.length > 0) {
      lines.push(
        `${table.title}: no field for ${table.unknownColumns.map((title) => `'${title}'`).join(', ')}; left out.`,
      );
    }
    if (table.refused === 0) continue;
    lines.push(`${table.title}: ${table.refused} rows were refused, the first ones:`);
    for (const { row, column, value, reason } of table.refusedRows.slice(0, 10)) {
      const where = column === null ? '' : ` '${column}'${value === null ? '' : ` = ${value}`}:`;
      lines.push(`  row ${row}:${where} ${reason}`);
    }
  }
  return [...lines, ...report.notes];
}

async function run(context: Context, path: string, options: Options): Promise<number> {
  const reading = readOptions(options);
  const file = await fileAt(path);
  return withCore(context, options, async (core) => {
    const caller = callerFor(core, await chooseUser(core, options.text('user')));
    const opened = await core.importFiles.open(file, reading);
    const printer = progressPrinter(context.io);
    try {
      const base = await chooseBase(core, caller, options.text('base'), file);
      const into = await chooseTable(core, base.id, options.text('into'));
      const report = await importTables(core, caller, base.id, opened, { into, onProgress: printer.tell });
      printer.end();
      printResult(context, { base: { id: base.id, title: base.title }, ...report }, linesOf(report, base));
      return 0;
    } finally {
      opened.close();
    }
  });
}

export const importCommand: Command = {
  name: 'import',
  args: ['file'],
  summary: 'Import a CSV, JSON, Excel or SQLite file.',
  options: {
    base: {
      type: 'string',
      value: '<id or title>',
      help: 'Into this base; default: the only one, or a new one.',
    },
    into: {
      type: 'string',
      value: '<table>',
      help: 'Add the rows to this table; columns are matched by title.',
    },
    title: { type: 'string', value: '<title>', help: "Title of the new table; default: the file's name." },
    format: {
      type: 'string',
      value: '<format>',
      help: `${importFormats.join(', ')}; found out from the file unless said.`,
    },
    delimiter: { type: 'string', value: '<character>', help: 'CSV: one character, or tab.' },
    quote: { type: 'string', value: '<character>', help: 'CSV: one character, or none.' },
    'no-header': { type: 'boolean', help: 'CSV and Excel: the first row is data.' },
    'decimal-comma': { type: 'boolean', help: 'CSV: numbers are written as 12,5.' },
    encoding: { type: 'string', value: '<name>', help: 'E.g. utf-8, windows-1252.' },
    user: { type: 'string', value: '<email>', help: 'Who imports; default: the first super admin.' },
  },
  examples: ['rowgate import customers.csv --base CRM', 'rowgate import shop.sqlite'],
  run: (context, [path = ''], options) => run(context, path, options),
};
