import { AppError } from '../core/errors.ts';
import type {
  ChosenTypes,
  ImportedBatch,
  ImportedColumn,
  ImportedFile,
  ImportedTable,
  ImportedType,
  ReadOptions,
  RefusedRow,
} from '../core/imports/importedFile.ts';
import { classifyWords, kinds } from './classify.ts';
import { decodeText, detectEncoding } from './decodeText.ts';
import { cleanTitle, freeTitle, nameColumns } from './nameColumns.ts';
import { numberText, parseExact, whyUnread } from './parseExact.ts';
import {
  type ColumnProfile,
  fitTo,
  kindOfNumber,
  newProfile,
  noteKind,
  noteText,
  typeOfProfile,
} from './profile.ts';
import { type Element, type ElementSource, type Rest, splitJson, splitLines } from './splitJson.ts';

/** Columns of one table: the limit of a table, with room for the automatic ones. */
const maxColumns = 490;
const maxTables = 200;
const batchSize = 500;

interface Survey {
  readonly columns: Map<string, ColumnProfile>;
  /** Elements that are no objects: a column of their own. */
  plain: ColumnProfile | undefined;
  rows: number;
}

type Values = Record<string, unknown>;
const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && numberText(value) === undefined;

function noteValue(profile: ColumnProfile, value: unknown): void {
  if (value === null) return;
  const digits = numberText(value);
  if (typeof value === 'string') noteText(profile, value, classifyWords);
  else if (typeof value === 'boolean') noteKind(profile, kinds.boolean, 5);
  else if (digits !== undefined) noteKind(profile, kindOfNumber(digits), digits.length);
  else noteKind(profile, kinds.json, 0);
}

function profileOf(survey: Survey, name: string): ColumnProfile {
  const known = survey.columns.get(name);
  if (known !== undefined) return known;
  if (survey.columns.size >= maxColumns) {
    throw new AppError(
      'UNPROCESSABLE',
      `The records have more than ${maxColumns} different members; a table can have ${maxColumns} columns. Put the varying ones into one nested object.`,
    );
  }
  const profile = newProfile();
  survey.columns.set(name, profile);
  return profile;
}

function noteRecord(survey: Survey, value: unknown): void {
  survey.rows += 1;
  if (!isObject(value)) {
    survey.plain ??= newProfile();
    noteValue(survey.plain, value);
    return;
  }
  for (const name of Object.keys(value)) noteValue(profileOf(survey, name), value[name]);
}

type Parsed = { readonly record: unknown } | { readonly refused: RefusedRow };

function parseElement(element: Element): Parsed {
  try {
    return { record: parseExact(element.text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (element.lenient) {
      const value = element.text.slice(0, 100);
      return {
        refused: { row: element.number, column: null, value, reason: `the line ${whyUnread(error)}` },
      };
    }
    const where = element.member === undefined ? '' : ` of '${element.member.slice(0, 60)}'`;
    throw new AppError(
      'UNPROCESSABLE',
      `The file cannot be read: element ${element.number}${where} ${whyUnread(error)}.`,
    );
  }
}

async function survey(source: ElementSource, rest: Rest): Promise<Map<string | undefined, Survey>> {
  const found = new Map<string | undefined, Survey>();
  for await (const elements of source(rest)) {
    for (const element of elements) {
      let table = found.get(element.member);
      if (table === undefined) {
        if (found.size >= maxTables) {
          throw new AppError(
            'UNPROCESSABLE',
            `The file holds more than ${maxTables} lists. Split it into several files.`,
          );
        }
        table = { columns: new Map(), plain: undefined, rows: 0 };
        found.set(element.member, table);
      }
      const parsed = parseElement(element);
      if ('record' in parsed) noteRecord(table, parsed.record);
      else table.rows += 1;
    }
  }
  return found;
}

const plainTitle = 'Value';

interface Shape {
  readonly columns: readonly ImportedColumn[];
  readonly toRow: (value: unknown) => unknown[];
}

function shapeOf(found: Survey, chosen: ReadonlyMap<string, ImportedType> | undefined): Shape {
  const names = [...found.columns.keys()];
  const profiles = [...found.columns.values()];
  const titles = nameColumns(found.plain === undefined ? names : [...names, plainTitle]);
  if (found.plain !== undefined) profiles.push(found.plain);
  const columns = titles.map((title, index) => ({
    title,
    type: chosen?.get(title) ?? typeOfProfile(profiles[index] ?? newProfile()),
    options: {},
    key: false,
    autoIncrement: false,
    required: false,
    unique: false,
    defaultValue: null,
  }));
  const fit = columns.map((column) => fitTo(column.type));
  const toRow = (value: unknown): unknown[] =>
    fit.map((convert, index) => {
      const name = names[index];
      const cell = isObject(value)
        ? name !== undefined && Object.hasOwn(value, name)
          ? value[name]
          : null
        : name === undefined
          ? value
          : null;
      return convert(cell);
    });
  return { columns, toRow };
}

async function* toBatches(
  source: ElementSource,
  member: string | undefined,
  shape: Shape,
): AsyncGenerator<ImportedBatch> {
  let batch = { rows: [] as unknown[][], numbers: [] as number[], refused: [] as RefusedRow[] };
  for await (const elements of source(new Map())) {
    for (const element of elements) {
      if (element.member !== member) continue;
      const parsed = parseElement(element);
      if ('record' in parsed) {
        batch.rows.push(shape.toRow(parsed.record));
        batch.numbers.push(element.number);
      } else batch.refused.push(parsed.refused);
      if (batch.rows.length < batchSize) continue;
      yield batch;
      batch = { rows: [], numbers: [], refused: [] };
    }
  }
  if (batch.rows.length > 0 || batch.refused.length > 0) yield batch;
}

async function* oneBatch(row: unknown[]): AsyncGenerator<ImportedBatch> {
  yield { rows: [row], numbers: [1], refused: [] };
}

function tableOfRest(rest: Rest, title: string, types: ChosenTypes | undefined): ImportedTable {
  const found: Survey = { columns: new Map(), plain: undefined, rows: 0 };
  const record = Object.fromEntries(rest);
  noteRecord(found, record);
  const { columns, toRow } = shapeOf(found, types?.get(title));
  return { title, columns, foreignKeys: [], indexes: [], rowCount: 1, read: () => oneBatch(toRow(record)) };
}

function collectTables(
  found: Map<string | undefined, Survey>,
  rest: Rest,
  title: string,
  source: ElementSource,
  types: ChosenTypes | undefined,
): ImportedTable[] {
  const taken = new Set<string>();
  const claim = (wanted: string): string => {
    const free = freeTitle(cleanTitle(wanted) || title, taken);
    taken.add(free.toLowerCase());
    return free;
  };
  const tables: ImportedTable[] = [];
  for (const [member, table] of found) {
    if (table.columns.size === 0 && table.plain === undefined) continue;
    const claimed = claim(member ?? title);
    const shape = shapeOf(table, types?.get(claimed));
    tables.push({
      title: claimed,
      columns: shape.columns,
      foreignKeys: [],
      indexes: [],
      rowCount: table.rows,
      read: () => toBatches(source, member, shape),
    });
  }
  if (rest.size > 0) tables.push(tableOfRest(rest, claim(title), types));
  return tables;
}

/**
 * Looks through a JSON file: a list of records, an object of lists (a table
 * each; its other members become one record), a single record, or one record a
 * line (`ndjson`). Lists and lines stream; one element may have 64 Mi
 * characters. Throws UNPROCESSABLE for what is no JSON.
 */
export async function openJson(
  path: string,
  title: string,
  format: 'json' | 'ndjson',
  options: Pick<ReadOptions, 'encoding' | 'types'> = {},
): Promise<ImportedFile> {
  const encoding = options.encoding ?? (await detectEncoding(path));
  const texts = (): AsyncIterable<string> => decodeText(path, encoding);
  const source: ElementSource = (rest) =>
    format === 'ndjson' ? splitLines(texts()) : splitJson(texts(), rest);
  const rest: Rest = new Map();
  const found = await survey(source, rest);
  const tables = collectTables(found, rest, title, source, options.types);
  if (tables.length === 0) {
    throw new AppError(
      'UNPROCESSABLE',
      'The file holds no records. Give a list of objects, an object of lists, or one object a line.',
    );
  }
  return { format, tables, notes: [], close: () => undefined };
}
