import type { Value } from '../../columnTypes/query.ts';
import type { CellValue, Row } from '../api/shapes.ts';
import type { Blocks } from './blocks.ts';
import { canonicalOf, cellOfValue, type Field, isSameValue, type Person, sentOf } from './field.ts';
import { type Body, chunksOf, type Writes } from './writes.ts';

/** Edits that show at once, and are taken back visibly when the server refuses them. */

export interface CellChange {
  readonly key: string;
  readonly field: Field;
  readonly before: Value;
  readonly after: Value;
}

export interface EditSetting {
  readonly writes: Writes;
  readonly blocks: () => Blocks;
  readonly people: () => readonly Person[];
  /** Titles of columns that the server changes by itself with every write. */
  readonly serverFilled: () => readonly string[];
  /** Something was stored. */
  readonly onStored: () => void;
}

interface Pending {
  readonly cell: CellValue;
  /** Writes on their way that set it. */
  count: number;
}

export interface Edits {
  /** All of the changes or none. Rejects with the server's reason after taking them back. */
  readonly change: (changes: readonly CellChange[]) => Promise<void>;
  /** New records at the end; answers their keys. */
  readonly insert: (bodies: readonly Body[], keepKeys?: boolean) => Promise<string[]>;
  /** Deletes; answers what is needed to insert them again. */
  readonly remove: (keys: readonly string[]) => Promise<Row[]>;
  /** The key a record has now: one that was deleted and inserted again may have another. */
  readonly current: (key: string) => string;
  readonly renamed: (before: string, now: string) => void;
  /** A row of the server with the edits that it does not know yet. */
  readonly decorate: (row: Row) => Row;
}

export function createEdits(setting: EditSetting): Edits {
  const { writes } = setting;
  const pending = new Map<string, Map<string, Pending>>();
  const names = new Map<string, string>();
  // Writes go out one after the other: the last edit of a cell must be the one that stays.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };

  function current(key: string): string {
    let now = key;
    for (let next = names.get(now); next !== undefined; next = names.get(now)) now = next;
    return now;
  }

  function decorate(row: Row): Row {
    if (pending.size === 0) return row;
    const cells = pending.get(writes.keyOf(row));
    if (cells === undefined) return row;
    return { ...row, ...Object.fromEntries([...cells].map(([title, { cell }]) => [title, cell])) };
  }

  function hold(changes: readonly CellChange[]): void {
    for (const { key, field, after } of changes) {
      const cells = pending.get(key) ?? new Map<string, Pending>();
      const count = (cells.get(field.title)?.count ?? 0) + 1;
      cells.set(field.title, { cell: cellOfValue(field, after, setting.people()), count });
      pending.set(key, cells);
    }
    const keys = new Set(changes.map((change) => change.key));
    setting.blocks().replace((row) => (keys.has(writes.keyOf(row)) ? decorate(row) : row));
  }

  function release(changes: readonly CellChange[]): void {
    for (const { key, field } of changes) {
      const cells = pending.get(key);
      const cell = cells?.get(field.title);
      if (cells === undefined || cell === undefined) continue;
      cell.count -= 1;
      if (cell.count <= 0) cells.delete(field.title);
      if (cells.size === 0) pending.delete(key);
    }
  }

  /** Shows again what was there, except where a later edit has been made. */
  function takeBack(changes: readonly CellChange[]): void {
    const before = new Map<string, Record<string, CellValue>>();
    for (const { key, field, before: value } of changes) {
      if (pending.get(key)?.has(field.title)) continue;
      before.set(key, {
        ...before.get(key),
        [field.title]: cellOfValue(field, value, setting.people()),
      });
    }
    setting.blocks().replace((row) => {
      const cells = before.get(writes.keyOf(row));
      return cells === undefined ? row : { ...row, ...cells };
    });
  }

  function bodiesOf(changes: readonly CellChange[], side: 'before' | 'after'): Body[] {
    const bodies = new Map<string, Record<string, unknown>>();
    for (const change of changes) {
      const body = bodies.get(change.key) ?? { ...writes.keyBody(change.key) };
      body[change.field.title] = sentOf(change[side]);
      bodies.set(change.key, body);
    }
    return [...bodies.values()];
  }

  /** Several requests are still all or nothing: what the first ones stored is taken back. */
  async function send(changes: readonly CellChange[]): Promise<void> {
    const after = chunksOf(bodiesOf(changes, 'after'));
    const before = chunksOf(bodiesOf(changes, 'before'));
    for (const [index, chunk] of after.entries()) {
      try {
        await writes.patch(chunk);
      } catch (error) {
        for (const stored of before.slice(0, index)) await writes.patch(stored);
        throw error;
      }
    }
  }

  async function refresh(keys: readonly string[]): Promise<void> {
    const filled = setting.serverFilled();
    if (filled.length === 0 || keys.length > 200) return;
    const rows = await writes.read(keys, [...writes.keyTitles, ...filled]);
    const byKey = new Map(rows.map((row) => [writes.keyOf(row), row]));
    setting.blocks().replace((row) => {
      const fresh = byKey.get(writes.keyOf(row));
      return fresh === undefined ? row : { ...row, ...fresh };
    });
  }

  async function change(given: readonly CellChange[]): Promise<void> {
    const changes = given
      .map((each) => ({ ...each, key: current(each.key) }))
      .filter((each) => !isSameValue(each.before, each.after));
    if (changes.length === 0) return;
    hold(changes);
    try {
      await inTurn(() => send(changes));
      release(changes);
    } catch (error) {
      release(changes);
      takeBack(changes);
      throw error;
    } finally {
      setting.blocks().outdate();
    }
    setting.onStored();
    await refresh([...new Set(changes.map(({ key }) => key))]);
  }

  async function insert(bodies: readonly Body[], keepKeys = false): Promise<string[]> {
    const keys = await inTurn(async () => {
      const inserted: string[] = [];
      for (const chunk of chunksOf(bodies)) {
        try {
          inserted.push(...(await writes.insert(chunk, keepKeys)));
        } catch (error) {
          await writes.remove(inserted);
          throw error;
        }
      }
      return inserted;
    });
    setting.blocks().outdate();
    setting.onStored();
    return keys;
  }

  async function remove(given: readonly string[]): Promise<Row[]> {
    const keys = given.map(current);
    const rows = await inTurn(async () => {
      const found = await writes.read(keys);
      await writes.remove(keys);
      return found;
    });
    setting.blocks().outdate();
    setting.onStored();
    return rows;
  }

  return {
    change,
    insert,
    remove,
    current,
    renamed: (before, now) => {
      if (before !== now) names.set(before, now);
    },
    decorate,
  };
}

/** What a cell would become; undefined when it already is. */
export function changeOf(writes: Writes, row: Row, field: Field, after: Value): CellChange | undefined {
  const before = canonicalOf(field, row[field.title]);
  if (isSameValue(before, after)) return undefined;
  return { key: writes.keyOf(row), field, before, after };
}
