import { AppError } from '../../core/errors.ts';
import {
  type ChoosableType,
  type ChosenTypes,
  choosableTypes,
  type SkippedColumns,
} from '../../core/imports/importedFile.ts';

const refuse = (message: string): AppError => new AppError('UNPROCESSABLE', message);

const wrongForm = (): AppError =>
  refuse(
    `The parameter 'types' must be JSON such as {"People":{"Phone":"PhoneNumber"}}: by table, then by column, a type.`,
  );

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseRecord(text: string, wrong: () => AppError): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw wrong();
}

function readType(column: string, given: unknown): ChoosableType {
  const type = choosableTypes.find((candidate) => candidate === given);
  if (type !== undefined) return type;
  throw refuse(
    `The type of column '${column.slice(0, 60)}' in the parameter 'types' must be one of: ${choosableTypes.join(', ')}.`,
  );
}

/** Types of columns that the caller chose. Throws UNPROCESSABLE. */
export function readChosenTypes(given: string | undefined): ChosenTypes | undefined {
  if (given === undefined) return undefined;
  return new Map(
    Object.entries(parseRecord(given, wrongForm)).map(([table, columns]) => {
      if (!isRecord(columns)) throw wrongForm();
      return [
        table,
        new Map(Object.entries(columns).map(([column, type]) => [column, readType(column, type)])),
      ];
    }),
  );
}

const wrongSkip = (): AppError =>
  refuse(
    `The parameter 'skip' must be JSON such as {"People":["Phone"]}: by table, the columns to leave out.`,
  );

/** Columns that the caller does not want. Throws UNPROCESSABLE. */
export function readSkippedColumns(given: string | undefined): SkippedColumns | undefined {
  if (given === undefined) return undefined;
  return new Map(
    Object.entries(parseRecord(given, wrongSkip)).map(([table, columns]) => {
      if (!Array.isArray(columns) || columns.some((column) => typeof column !== 'string')) throw wrongSkip();
      return [table, new Set<string>(columns)];
    }),
  );
}
