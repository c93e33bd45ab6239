import type { Value } from '../../columnTypes/query.ts';
import type { Row } from '../api/shapes.ts';
import type { Edited } from './cells/fieldCell.ts';
import { type CellChange, changeOf } from './edits.ts';
import { canonicalOf, type Field, parseInput, sentOf } from './field.ts';
import { parseText } from './localInput.ts';
import type { GridModel } from './model.ts';
import type { Body } from './writes.ts';

/** What people do with rows; every command can be undone. */

/** Names of steps, in the words of the interface. */
export type StepName = 'edit' | 'clear' | 'paste' | 'fill' | 'addRow' | 'deleteRows' | 'duplicateRow';

export interface CommandSetting {
  readonly model: GridModel;
  readonly locale: () => string;
  readonly name: (step: StepName, count: number) => string;
  /** Completes "Field 'X' …" for a cell that must hold something. */
  readonly required: () => string;
}

/** Cells that were refused, with the reason. */
export class RefusedCells extends Error {
  override readonly name = 'RefusedCells';
  readonly cells: readonly { readonly key: string; readonly field: Field }[];
  readonly reason: unknown;
  constructor(cells: RefusedCells['cells'], reason: unknown) {
    super(reason instanceof Error ? reason.message : String(reason));
    this.cells = cells;
    this.reason = reason;
  }
}

/** A text that does not fit its column: told in the words of the column type. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
  readonly field: Field;
  constructor(field: Field, reason: string) {
    super(reason);
    this.field = field;
  }
}

export interface Commands {
  readonly edit: (
    cell: { readonly key: string; readonly field: Field; readonly before: Value },
    edited: Edited,
  ) => Promise<void>;
  /** All of the changes, as one step. */
  readonly change: (
    step: StepName,
    changes: readonly CellChange[],
    additions?: readonly Body[],
  ) => Promise<void>;
  readonly clear: (rows: readonly Row[], fields: readonly Field[]) => Promise<void>;
  /** A new record at the end; answers its key. */
  readonly add: (step: 'addRow' | 'duplicateRow', body: Body, fields: readonly string[]) => Promise<string>;
  readonly remove: (keys: readonly string[]) => Promise<void>;
}

const swapped = (changes: readonly CellChange[]): CellChange[] =>
  changes.map((change) => ({ ...change, before: change.after, after: change.before }));

/** What can be inserted again of a record: what people filled. */
export function bodyOfRow(row: Row, fields: readonly Field[], keepKeys = false): Body {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const isKey = field.column.pk && (keepKeys || !field.column.ai);
      const value = canonicalOf(field, row[field.title]);
      return (field.editable || isKey) && value !== null ? [[field.title, sentOf(value)] as const] : [];
    }),
  );
}

/** @param fieldsOfTable all columns of the table, as far as a deleted record must come back */
export function createCommands(setting: CommandSetting, fieldsOfTable: () => readonly Field[]): Commands {
  const { model } = setting;
  const { edits, history, blocks } = model;

  function parse(field: Field, edited: Edited): Value {
    const { people } = model.context;
    const parsed =
      'text' in edited
        ? parseText(field, edited.text, people, setting.locale())
        : parseInput(field, edited.input, people);
    if ('reason' in parsed) throw new Unfit(field, parsed.reason);
    if (parsed.value === null && field.column.rqd) throw new Unfit(field, setting.required());
    return parsed.value;
  }

  async function send(changes: readonly CellChange[]): Promise<void> {
    try {
      await edits.change(changes);
    } catch (error) {
      throw new RefusedCells(changes, error);
    }
  }

  /** Inserts records that were deleted, under the keys they had. */
  async function restore(rows: readonly Row[]): Promise<void> {
    const before = rows.map(model.writes.keyOf);
    const bodies = rows.map((row) => bodyOfRow(row, fieldsOfTable(), true));
    const now = await edits.insert(bodies, true);
    for (const [index, key] of before.entries()) edits.renamed(key, now[index] ?? key);
    blocks.renew();
  }

  async function takeAway(keys: readonly string[]): Promise<Row[]> {
    const rows = await edits.remove(keys);
    blocks.renew();
    return rows;
  }

  /** Undo and redo of records that came: each deletes or inserts what the other left. */
  function pushInserted(step: StepName, keys: readonly string[], changes: readonly CellChange[]): void {
    let removed: Row[] = [];
    history.push({
      label: setting.name(step, keys.length),
      undo: async () => {
        removed = await takeAway(keys.map(edits.current));
        await edits.change(swapped(changes));
      },
      redo: async () => {
        await edits.change(changes);
        await restore(removed);
      },
    });
  }

  async function change(step: StepName, changes: readonly CellChange[], additions: readonly Body[] = []) {
    await send(changes);
    if (additions.length > 0) {
      let keys: string[];
      try {
        keys = await edits.insert(additions);
      } catch (error) {
        await edits.change(swapped(changes));
        throw error;
      }
      blocks.renew();
      pushInserted(step, keys, changes);
    } else if (changes.length > 0) {
      history.push({
        label: setting.name(step, changes.length),
        undo: () => edits.change(swapped(changes)),
        redo: () => edits.change(changes),
      });
    }
  }

  const commands: Commands = {
    edit: async ({ key, field, before }, edited) => {
      const after = parse(field, edited);
      await change('edit', [{ key, field, before, after }]);
    },
    change,
    clear: async (rows, fields) => {
      const open = fields.filter((field) => field.editable);
      const changes = rows.flatMap((row) =>
        open.flatMap((field) => changeOf(model.writes, row, field, null) ?? []),
      );
      const needed = changes.find((each) => each.field.column.rqd);
      if (needed !== undefined) throw new Unfit(needed.field, setting.required());
      await change('clear', changes);
    },
    add: async (step, body, fields) => {
      const keys = await edits.insert([body]);
      const [row] = await model.writes.read(keys, fields);
      if (row !== undefined) blocks.append(row);
      pushInserted(step, keys, []);
      return keys[0] ?? '';
    },
    remove: async (keys) => {
      let rows = await takeAway(keys);
      history.push({
        label: setting.name('deleteRows', keys.length),
        undo: () => restore(rows),
        redo: async () => {
          rows = await takeAway(keys.map(edits.current));
        },
      });
    },
  };
  return {
    edit: (cell, edited) => history.follow(() => commands.edit(cell, edited)),
    change: (step, changes, additions) => history.follow(() => commands.change(step, changes, additions)),
    clear: (rows, fields) => history.follow(() => commands.clear(rows, fields)),
    add: (step, body, fields) => history.follow(() => commands.add(step, body, fields)),
    remove: (keys) => history.follow(() => commands.remove(keys)),
  };
}
