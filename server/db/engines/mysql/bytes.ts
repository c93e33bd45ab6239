import { AppError } from '../../../core/errors.ts';
import type { Sql } from '../../engine.ts';
import { beginsArray } from './json.ts';

const [open, comma, close] = ['[', ',', ']'].map((sign) => Buffer.from(sign)) as [Buffer, Buffer, Buffer];

/** The server gives NULL for a text that is longer than its largest packet. */
function toBytes(value: unknown): Buffer {
  if (value === null) {
    throw new AppError(
      'PAYLOAD_TOO_LARGE',
      'A record is larger than the database sends at once. Ask for fewer fields.',
    );
  }
  return Buffer.isBuffer(value) ? value : Buffer.from(String(value));
}

/** What a statement of JSON gave, ready to be sent: one array, or the first row; undefined when there is none. */
export function joinBytes({ text }: Sql, rows: readonly (readonly unknown[])[]): Buffer | undefined {
  if (!text.startsWith(beginsArray)) return rows[0] === undefined ? undefined : toBytes(rows[0][0]);
  const pieces: Buffer[] = [open];
  for (const [index, row] of rows.entries()) {
    if (index > 0) pieces.push(comma);
    pieces.push(toBytes(row[0]));
  }
  pieces.push(close);
  return Buffer.concat(pieces);
}
