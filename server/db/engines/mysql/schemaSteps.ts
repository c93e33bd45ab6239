import { createHash } from 'node:crypto';
import type { IndexShape, SchemaStep, Sql } from '../../engine.ts';
import { errno, numberOf } from './errno.ts';
import { quote } from './names.ts';
import type { Connection } from './pool.ts';

/**
 * Changes of tables in a database that commits each by itself. Before a change
 * is made, how to undo it is written down; what destroys is put off until the
 * transaction has committed, and the commit itself crosses out what would be
 * undone. So whoever finds notes while nobody else changes tables knows what a
 * transaction that ended half-way still has to do (ADR 6).
 */

const notes = '`rg_schema_note`';
const makeNotes = `create table if not exists ${notes} (id bigint not null auto_increment primary key, kind varchar(8) not null, statement longtext not null) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin`;

/** Undoing or finishing what has been done before. */
const harmless: ReadonlySet<number> = new Set([
  errno.nothingToDrop,
  errno.noSuchTable,
  errno.noTable,
  errno.noColumn,
  errno.columnExists,
  errno.indexExists,
  errno.tableExists,
]);

interface Put {
  /** The table or column as it is called at this moment. */
  table: string;
  column: string | undefined;
}

/** What a transaction needs to run its steps. */
export interface StepContext {
  /** Runs statements that commit by themselves, on a connection of their own. */
  readonly aside: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;
  /** Commits what the transaction has done so far if it touched the table: its locks would be in the way. */
  readonly letGo: (table: string) => Promise<void>;
  readonly indexes: (table: string) => Promise<readonly IndexShape[]>;
  readonly spellIndex: (index: IndexShape, table: string) => Promise<string>;
  /** Throws when rows have the same values: better before anything is committed than after. */
  readonly requireNoRepeats: (table: string, columns: readonly string[]) => Promise<void>;
}

export interface SchemaSteps {
  run(step: SchemaStep, statement: Sql): Promise<void>;
  /** Statements of the transaction's last act: cross out the undoing, write down what comes after the commit. */
  lastStatements(): readonly Sql[];
  readonly any: () => boolean;
}

const trashName = (table: string, column: string): string =>
  `rg_old_${createHash('sha256')
    .update(JSON.stringify([table, column, Date.now(), Math.random()]))
    .digest('hex')
    .slice(0, 20)}`;

async function writeNote(
  connection: Connection,
  kind: 'undo' | 'after',
  statement: string,
): Promise<unknown> {
  const insert = { text: `insert into ${notes} (kind, statement) values (?, ?)`, params: [kind, statement] };
  try {
    return await connection.run(insert, true);
  } catch (error) {
    if (numberOf(error) !== errno.noTable) throw error;
    await connection.command(makeNotes);
    return connection.run(insert, true);
  }
}

/** Does what is left to do; the caller has made sure that nobody else changes tables. */
export async function settleNotes(connection: Connection): Promise<void> {
  let rows: unknown[][];
  try {
    const select = { text: `select id, kind, statement from ${notes} order by kind, id desc`, params: [] };
    rows = (await connection.run(select, true)) as unknown[][];
  } catch (error) {
    if (numberOf(error) === errno.noTable) return;
    throw error;
  }
  // 'after' sorts before 'undo'; a database never holds both.
  for (const [id, , statement] of rows) {
    try {
      await connection.command(String(statement));
    } catch (error) {
      if (!harmless.has(numberOf(error))) throw error;
    }
    await connection.run({ text: `delete from ${notes} where id = ?`, params: [id] }, true);
  }
}

export function createSchemaSteps({
  aside,
  letGo,
  indexes,
  spellIndex,
  requireNoRepeats,
}: StepContext): SchemaSteps {
  const put: Put[] = [];
  let used = false;

  /** Notes how to undo a change, then makes it. */
  async function change(table: string, statement: string, undo: string | undefined): Promise<void> {
    await letGo(table);
    used = true;
    await aside(async (connection) => {
      if (undo !== undefined) await writeNote(connection, 'undo', undo);
      await connection.command(statement);
    });
  }
  const alter = (table: string, what: string): string => `alter table ${quote(table)} ${what}`;
  const rename = (from: string, to: string): string => `rename column ${quote(from)} to ${quote(to)}`;

  /** A name that is put off to be dropped is taken: its bearer gets another one. */
  const bearerOf = (table: string, column: string | undefined): Put | undefined =>
    put.find((one) => one.table === table && one.column === column);

  async function renameColumn(table: string, from: string, to: string): Promise<void> {
    const bearer = bearerOf(table, to);
    if (bearer === undefined)
      return change(table, alter(table, rename(from, to)), alter(table, rename(to, from)));
    const trash = trashName(table, to);
    await change(
      table,
      alter(table, `${rename(to, trash)}, ${rename(from, to)}`),
      alter(table, `${rename(to, from)}, ${rename(trash, to)}`),
    );
    bearer.column = trash;
  }
  async function freeColumn(table: string, column: string): Promise<void> {
    const bearer = bearerOf(table, column);
    if (bearer === undefined) return;
    const trash = trashName(table, column);
    await change(table, alter(table, rename(column, trash)), alter(table, rename(trash, column)));
    bearer.column = trash;
  }
  async function freeTable(table: string): Promise<void> {
    const bearer = bearerOf(table, undefined);
    if (bearer === undefined) return;
    const trash = trashName(table, '');
    const text = (from: string, to: string): string => `rename table ${quote(from)} to ${quote(to)}`;
    await change(table, text(table, trash), text(trash, table));
    bearer.table = trash;
  }

  async function run(step: SchemaStep, { text }: Sql): Promise<void> {
    switch (step.kind) {
      case 'createTable':
        await freeTable(step.table);
        return change(step.table, text, `drop table if exists ${quote(step.table)}`);
      case 'dropTable':
        used = true;
        put.push({ table: step.table, column: undefined });
        return;
      case 'addColumn':
        await freeColumn(step.table, step.column);
        return change(step.table, text, alter(step.table, `drop column ${quote(step.column)}`));
      case 'dropColumn':
        used = true;
        put.push({ table: step.table, column: step.column });
        return;
      case 'renameColumn':
        return renameColumn(step.table, step.from, step.to);
      case 'createIndex':
        if (step.index.unique) await requireNoRepeats(step.table, step.index.columns);
        return change(step.table, text, `drop index ${quote(step.index.name)} on ${quote(step.table)}`);
      case 'dropIndex': {
        const shape = (await indexes(step.table)).find(({ name }) => name === step.name);
        const again = shape === undefined ? undefined : await spellIndex(shape, step.table);
        return change(step.table, text, again);
      }
    }
  }

  return {
    run,
    any: () => used,
    lastStatements: () => [
      { text: `delete from ${notes} where kind = 'undo'`, params: [] },
      ...put.map(({ table, column }) => ({
        text: `insert into ${notes} (kind, statement) values ('after', ?)`,
        params: [
          column === undefined
            ? `drop table if exists ${quote(table)}`
            : alter(table, `drop column ${quote(column)}`),
        ],
      })),
    ],
  };
}
