import { AppError } from '../../../core/errors.ts';

/** What differs between the servers that speak this protocol. */
export interface Server {
  readonly mariadb: boolean;
  /** Compares texts by their bytes, blanks at the end included. */
  readonly collation: string;
  /** Bytes of the largest statement with its parameters; the server ends connections that send more. */
  readonly largestPacket: number;
}

const atLeast = (version: string, major: number, minor: number): boolean => {
  const [given = 0, rest = 0] = version.split('.').map(Number.parseFloat);
  return given > major || (given === major && rest >= minor);
};

/**
 * @param version what `select version()` answers
 * @param largestPacket what `select @@max_allowed_packet` answers
 * @throws AppError when the server is too old
 */
export function recogniseServer(version: string, largestPacket: number): Server {
  const mariadb = /mariadb/i.test(version);
  if (mariadb ? !atLeast(version, 10, 6) : !atLeast(version, 8, 0)) {
    throw new AppError(
      'DATABASE_OP_FAILED',
      `The database server is ${version}; Rowgate needs MySQL 8.0, MariaDB 10.6 or a newer one.`,
    );
  }
  return { mariadb, collation: mariadb ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin', largestPacket };
}

/** Seconds that a lock of a row, and of a table's shape, is waited for. */
const rowWait = 10;
const shapeWait = 30;

/** @param readTimeout milliseconds after which a statement that reads is given up; 0: never */
export const setUpSession = ({ mariadb, collation }: Server, readTimeout: number): readonly string[] => [
  `set names utf8mb4 collate ${collation}`,
  "set session time_zone = '+00:00', " +
    "sql_mode = 'STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION', " +
    `innodb_lock_wait_timeout = ${rowWait}, lock_wait_timeout = ${shapeWait}, ` +
    'group_concat_max_len = 1073741824, sort_buffer_size = 8388608, max_sort_length = 16384',
  'set session transaction isolation level read committed',
  mariadb
    ? `set session max_statement_time = ${readTimeout / 1000}`
    : `set session max_execution_time = ${readTimeout}`,
];
