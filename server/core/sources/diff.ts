import { choicesOf } from '../columns/choices.ts';
import type { Base, Column, Source, Table } from '../model.ts';
import type { ForeignColumn, ForeignSchema, ForeignTable } from '../ports.ts';
import { type NativeShape, shapeColumns } from './draftTable.ts';
import { type Placed, type Reference, referencesOf } from './references.ts';

/** What is different in the database from what the base knows of it. */
export type Difference =
  | { readonly kind: 'tableAdded'; readonly foreign: ForeignTable }
  | { readonly kind: 'tableRemoved'; readonly table: Table }
  | { readonly kind: 'tableChanged'; readonly table: Table; readonly foreign: ForeignTable }
  | {
      readonly kind: 'columnAdded';
      readonly table: Table;
      readonly foreign: ForeignColumn;
      readonly shape: NativeShape;
    }
  | { readonly kind: 'columnRemoved'; readonly table: Table; readonly column: Column }
  | {
      readonly kind: 'columnChanged';
      readonly table: Table;
      readonly column: Column;
      readonly shape: NativeShape;
      /** What changed, e.g. `type varchar(10) → varchar(20)`. */
      readonly what: string;
    }
  | {
      readonly kind: 'referenceChanged';
      readonly table: Table;
      readonly column: Column;
      readonly reference: Reference | null;
    };

const choiceTitles = (options: unknown): string =>
  JSON.stringify(choicesOf(options)?.map(({ title }) => title));

/** What differs of one column, in words; undefined for nothing. */
function describeChange(column: Column, shape: NativeShape): string | undefined {
  const words: string[] = [];
  if (column.native?.type !== shape.native?.type)
    words.push(`type ${column.native?.type ?? ''} → ${shape.native?.type ?? ''}`);
  else if (column.type.name !== shape.type) words.push(`shown as ${shape.type}`);
  if (choiceTitles(column.options) !== choiceTitles(shape.options)) words.push('values of the enumeration');
  const flags: readonly (readonly [string, unknown, unknown])[] = [
    ['primary key', column.key, shape.key],
    ['numbering', column.autoIncrement, shape.autoIncrement],
    ['required', column.required, shape.required],
    ['unique', column.unique, shape.unique],
    ['default', column.defaultValue, shape.defaultValue],
    ['default', column.native?.hasDefault, shape.native?.hasDefault],
    ['read-only', column.native?.readOnly, shape.native?.readOnly],
  ];
  for (const [word, before, now] of flags) if (before !== now && !words.includes(word)) words.push(word);
  return words.length === 0 ? undefined : words.join(', ');
}

function compareTable(
  table: Table,
  foreign: ForeignTable,
  placed: ReadonlyMap<string, Placed>,
): Difference[] {
  let given = 0;
  const shapes = shapeColumns(foreign, () => `new${++given}`);
  const found: Difference[] = [];
  if (table.native?.kind !== foreign.kind) found.push({ kind: 'tableChanged', table, foreign });
  for (const column of table.columns) {
    const shape = shapes.get(column.name);
    if (shape === undefined) found.push({ kind: 'columnRemoved', table, column });
    else {
      const what = describeChange(column, shape);
      if (what !== undefined) found.push({ kind: 'columnChanged', table, column, shape, what });
    }
  }
  const known = new Set(table.columns.map(({ name }) => name));
  for (const column of foreign.columns) {
    const shape = shapes.get(column.name);
    if (!known.has(column.name) && shape !== undefined)
      found.push({ kind: 'columnAdded', table, foreign: column, shape });
  }
  return [...found, ...compareReferences(table, foreign, placed)];
}

/** Only what leads from a column that is still there. */
function compareReferences(
  table: Table,
  foreign: ForeignTable,
  placed: ReadonlyMap<string, Placed>,
): Difference[] {
  const wanted = referencesOf(foreign, table, placed);
  const there = new Set(foreign.columns.map(({ name }) => name));
  return table.columns.flatMap((column): Difference[] => {
    if (!there.has(column.name)) return [];
    const reference = wanted.get(column.id) ?? null;
    const same =
      column.references?.tableId === reference?.tableId &&
      column.references?.columnId === reference?.columnId;
    return same ? [] : [{ kind: 'referenceChanged', table, column, reference }];
  });
}

/** Everything that differs; tables left out on purpose are not missed, unless `adding` names them. */
export function compareSchema(
  base: Base,
  source: Source,
  schema: ForeignSchema,
  adding: readonly string[] = [],
): Difference[] {
  const own = base.tables.filter((table) => table.sourceId === source.id);
  const byName = new Map(schema.tables.map((table) => [table.name, table]));
  const placed = new Map<string, Placed>(
    own.filter((table) => byName.has(table.name)).map((table) => [table.name, table]),
  );
  const known = new Set(own.map(({ name }) => name));
  const leftOut = new Set(source.external?.leftOut.filter((name) => !adding.includes(name)));
  return [
    ...schema.tables
      .filter(({ name }) => !known.has(name) && !leftOut.has(name))
      .map((foreign): Difference => ({ kind: 'tableAdded', foreign })),
    ...own.flatMap((table) => {
      const foreign = byName.get(table.name);
      return foreign === undefined
        ? [{ kind: 'tableRemoved', table } as const]
        : compareTable(table, foreign, placed);
    }),
  ];
}
