import { type TSchema, Type } from 'typebox';
import { AppError, notFound } from '../../core/errors.ts';
import {
  choosableTypes,
  type ImportFormat,
  importFormats,
  type ReadOptions,
} from '../../core/imports/importedFile.ts';
import type { ImportPreview } from '../../core/imports/preview.ts';
import type { Base, Table } from '../../core/model.ts';
import type { Call } from '../route.ts';
import { readChosenTypes, readSkippedColumns } from './importTypes.ts';
import { readOne } from './listQuery.ts';

type Query = Call['query'];

const text = (description: string): { schema: TSchema; description: string } => ({
  schema: Type.String(),
  description,
});
const flag = (description: string): { schema: TSchema; description: string } => ({
  schema: Type.Union([Type.Literal('true'), Type.Literal('false')]),
  description,
});

/** Query parameters of a request that brings a file. */
export const fileQuery = {
  name: text("The file's name; the table's title and, where the bytes do not tell, the format come from it."),
  format: {
    schema: Type.Union(importFormats.map((format) => Type.Literal(format))),
    description: 'Found out from the file unless said.',
  },
  title: text('Title of the new table, for files that hold one.'),
  delimiter: text('CSV: one character, or `tab`.'),
  quote: text('CSV: one character, or `none`.'),
  header: flag('CSV and Excel: whether the first row holds the titles.'),
  decimalComma: flag('CSV: numbers are written as `12,5`.'),
  encoding: text('E.g. `utf-8`, `windows-1252`, `utf-16le`.'),
  types: text(
    `Types of columns in place of those found, as JSON: \`{"People":{"Phone":"PhoneNumber"}}\`, by titles as the preview shows them. Possible: ${choosableTypes.join(', ')}.`,
  ),
  skip: text(
    'Columns to leave out, as JSON: `{"People":["Phone"]}`, by titles as the preview shows them. Keys cannot be left out.',
  ),
} as const;

export const intoQuery = {
  tableId: text('Add the rows to this table instead of making a new one; columns are matched by title.'),
};

function readFlag(query: Query, name: string): boolean | undefined {
  const given = readOne(query, name)?.toLowerCase();
  if (given === undefined || given === '') return undefined;
  if (given === 'true' || given === '1') return true;
  if (given === 'false' || given === '0') return false;
  throw new AppError('UNPROCESSABLE', `The parameter '${name}' must be true or false.`);
}

function readFormat(query: Query): ImportFormat | undefined {
  const given = readOne(query, 'format');
  if (given === undefined || given === '') return undefined;
  const format = importFormats.find((candidate) => candidate === given.toLowerCase());
  if (format === undefined)
    throw new AppError(
      'UNPROCESSABLE',
      `The parameter 'format' must be one of: ${importFormats.join(', ')}.`,
    );
  return format;
}

const given = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

/** How the file is to be read. Throws UNPROCESSABLE naming the parameter. */
export function readFileOptions(query: Query): ReadOptions {
  const quote = given(readOne(query, 'quote'));
  const entries = {
    format: readFormat(query),
    title: given(readOne(query, 'title')),
    delimiter: given(readOne(query, 'delimiter')),
    quote: quote?.toLowerCase() === 'none' ? '' : quote,
    header: readFlag(query, 'header'),
    decimalComma: readFlag(query, 'decimalComma'),
    encoding: given(readOne(query, 'encoding')),
    types: readChosenTypes(given(readOne(query, 'types'))),
    skip: readSkippedColumns(given(readOne(query, 'skip'))),
  };
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined),
  ) as ReadOptions;
}

/** The table that the rows go to, if one is named. Throws TABLE_NOT_FOUND. */
export function readInto(query: Query, base: Base): Table | undefined {
  const id = given(readOne(query, 'tableId'));
  if (id === undefined) return undefined;
  const table = base.tableById.get(id);
  if (table === undefined) throw notFound('Table', id);
  return table;
}

export const readFileName = (query: Query): string | undefined =>
  given(readOne(query, 'name'))?.slice(0, 255);

export const previewReply = Type.Object({
  format: Type.String(),
  notes: Type.Array(Type.String()),
  tables: Type.Array(
    Type.Object({
      title: Type.String(),
      rowCount: Type.Integer(),
      columns: Type.Array(
        Type.Object({
          title: Type.String(),
          uidt: Type.String(),
          pk: Type.Boolean(),
          ai: Type.Boolean(),
          rqd: Type.Boolean(),
          unique: Type.Boolean(),
        }),
      ),
      rows: Type.Array(Type.Array(Type.Unknown()), {
        description: 'The first rows, values in the order of the columns.',
      }),
    }),
  ),
});

/** In the words of the wire's columns. */
export function encodePreview(preview: ImportPreview): Record<string, unknown> {
  const tables = preview.tables.map(({ title, rowCount, columns, rows }) => ({
    title,
    rowCount,
    columns: columns.map((column) => ({
      title: column.title,
      uidt: column.type,
      pk: column.key,
      ai: column.autoIncrement,
      rqd: column.required,
      unique: column.unique,
    })),
    rows: rows.map((row) => row.map((value) => (typeof value === 'bigint' ? String(value) : value))),
  }));
  return { format: preview.format, notes: preview.notes, tables };
}
