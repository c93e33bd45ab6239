import type { ReadConnection, Sql, Weight } from './engine.ts';

/** Tables up to this many rows are scanned where requests are served: under a millisecond. */
export const smallTable = 5000;

/** Preparing a statement takes SQLite time that grows with the square of its parameters: 5 ms at 500, 2 s at 10,000. */
const fewParameters = 200;

export const isShort = (statement: Sql): boolean => statement.params.length <= fewParameters;

/** For a statement that may look at every row of a table. */
export const weigh = (connection: ReadConnection, table: string, statement: Sql): Weight =>
  isShort(statement) && connection.estimateRows(table) <= smallTable ? 'light' : 'heavy';
