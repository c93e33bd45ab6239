import { findColumnType } from '../../../columnTypes/index.ts';
import { chooseDisplay } from '../columns/display.ts';
import type { ColumnRow, ForeignColumn, ForeignTable, TableRow } from '../ports.ts';
import { maxDescription } from '../tables/limits.ts';
import { mapColumn } from './mapTypes.ts';
import { titleOf } from './titles.ts';

/** What a column is by its database; the rest of its row is ours. */
export type NativeShape = Pick<
  ColumnRow,
  'type' | 'options' | 'key' | 'autoIncrement' | 'required' | 'unique' | 'defaultValue' | 'native'
>;

/** Ids and titles that a draft needs. */
export interface DraftContext {
  readonly newId: (kind: 'table' | 'column' | 'option') => string;
  readonly now: number;
}

const parseContext = { findPerson: () => undefined, maxTextLength: 100_000 };

/** A literal default that the type understands as it stands. */
function defaultOf(type: string, options: unknown, column: ForeignColumn): string | null {
  const columnType = findColumnType(type);
  if (column.defaultValue === null || columnType === undefined) return null;
  try {
    return columnType.parse(column.defaultValue, options, parseContext) === null ? null : column.defaultValue;
  } catch {
    return null; // the database still fills it
  }
}

/** The columns of a table as its database says; a key that cannot be addressed is none. */
export function shapeColumns(table: ForeignTable, newId: () => string): Map<string, NativeShape> {
  const mapped = new Map(table.columns.map((column) => [column, mapColumn(column, newId)] as const));
  const keys = table.columns.filter((column) => column.keyPlace > 0);
  const addressable = keys.every((column) => mapped.get(column)?.addressable === true);
  return new Map(
    [...mapped].map(([column, { type, options, readOnly }]) => {
      const { autoIncrement, hasDefault, generated } = column;
      const shape: NativeShape = {
        type,
        options,
        key: addressable && column.keyPlace > 0,
        autoIncrement: addressable && autoIncrement,
        required: column.notNull && !hasDefault && !generated && !autoIncrement && !readOnly,
        unique: column.unique && !readOnly,
        defaultValue: readOnly || autoIncrement ? null : defaultOf(type, options, column),
        native: { type: column.type, readOnly, hasDefault: hasDefault && !autoIncrement },
      };
      return [column.name, shape];
    }),
  );
}

const describe = (comment: string | null): string | null =>
  comment === null || comment.trim() === ''
    ? null
    : [...comment.toWellFormed().replaceAll('\0', '')].slice(0, maxDescription).join('');

/** One new column in its place. */
export function draftColumn(
  column: ForeignColumn,
  shape: NativeShape,
  place: { readonly table: Pick<TableRow, 'id' | 'baseId'>; readonly order: number; readonly title: string },
  { newId, now }: DraftContext,
): ColumnRow {
  return {
    ...shape,
    id: newId('column'),
    baseId: place.table.baseId,
    tableId: place.table.id,
    title: place.title,
    name: column.name,
    meta: null,
    display: false,
    system: false,
    description: describe(column.comment),
    order: place.order,
    references: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** Key columns come first, in the order of the key: it is the order of ids in paths. */
const inKeyOrder = (columns: readonly ForeignColumn[]): ForeignColumn[] => [
  ...columns.filter(({ keyPlace }) => keyPlace > 0).sort((a, b) => a.keyPlace - b.keyPlace),
  ...columns.filter(({ keyPlace }) => keyPlace === 0),
];

/** A table with its columns, ready to be stored; `taken` holds the titles of the base in lower case. */
export function draftTable(
  table: ForeignTable,
  place: { readonly baseId: string; readonly sourceId: string; readonly order: number },
  taken: Set<string>,
  context: DraftContext,
): { row: TableRow; columns: ColumnRow[] } {
  const row: TableRow = {
    ...place,
    id: context.newId('table'),
    title: titleOf(table.name, 'Table', taken),
    name: table.name,
    description: describe(table.comment),
    meta: null,
    native: { kind: table.kind },
    createdAt: context.now,
    updatedAt: context.now,
  };
  const shapes = shapeColumns(table, () => context.newId('option'));
  const titles = new Set<string>();
  const columns = inKeyOrder(table.columns).map((column, index) =>
    draftColumn(
      column,
      shapes.get(column.name) as NativeShape,
      { table: row, order: index + 1, title: titleOf(column.name, 'Field', titles) },
      context,
    ),
  );
  return { row, columns: markDisplay(columns) };
}

function markDisplay(columns: readonly ColumnRow[]): ColumnRow[] {
  const typed = columns.flatMap((column) => {
    const type = findColumnType(column.type);
    return type === undefined ? [] : [{ ...column, type }];
  });
  const display = chooseDisplay(typed.filter(({ native }) => native?.readOnly !== true)) ?? typed[0];
  return columns.map((column) => ({ ...column, display: column.id === display?.id }));
}
