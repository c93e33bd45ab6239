import { Type } from 'typebox';
import { AppError } from '../../core/errors.ts';
import { deleteRecords } from '../../core/records/delete.ts';
import type { UnknownFields } from '../../core/records/fields.ts';
import { type Identified, keyObject } from '../../core/records/identify.ts';
import { insertRecords, type WriteInput } from '../../core/records/insert.ts';
import { updateRecords } from '../../core/records/update.ts';
import type { AnyRoute, Call } from '../route.ts';
import { type Query, readOne } from './listQuery.ts';

/** Writes of records that several versions share. */

// biome-ignore lint/suspicious/noExplicitAny: record bodies are checked value by value
type AnyCall = Call<any>;

/** `unknownFields`: what to do with keys that are no fields. */
export const writeParameters: NonNullable<AnyRoute['query']> = {
  unknownFields: {
    schema: Type.String({ enum: ['ignore', 'reject'] }),
    description:
      'What to do with keys that are no fields of the table: ignore them (default) as long as the record has a field, or reject the request.',
  },
};

/** `keepKeys`: for records that come back, e.g. when a deletion is undone. */
export const keepKeysParameter: NonNullable<AnyRoute['query']> = {
  keepKeys: {
    schema: Type.String({ enum: ['true', 'false'] }),
    description:
      'true: counted keys, such as `Id`, are taken from the records, which must then bring them; by default they are counted on.',
  },
};

/** Throws BAD_REQUEST for another word. */
function readKeepKeys(query: Query): boolean {
  const word = readOne(query, 'keepKeys') ?? 'false';
  if (word === 'true' || word === 'false') return word === 'true';
  throw new AppError('BAD_REQUEST', `keepKeys must be 'true' or 'false', not '${word.slice(0, 100)}'`);
}

/** Throws BAD_REQUEST for another word. */
export function readUnknownFields(query: Query): UnknownFields {
  const word = readOne(query, 'unknownFields') ?? 'ignore';
  if (word === 'ignore' || word === 'reject') return word;
  throw new AppError(
    'BAD_REQUEST',
    `unknownFields must be 'ignore' or 'reject', not '${word.slice(0, 100)}'`,
  );
}

/** One record or a list of them, as a write takes it. */
export function writeInput(call: AnyCall): WriteInput {
  const { body } = call as { body: unknown };
  const single = !Array.isArray(body);
  return { rows: single ? [body] : body, single, unknownFields: readUnknownFields(call.query) };
}

type Keys = Record<string, unknown> | Record<string, unknown>[];

/** The answer has the shape of the request: one object or a list. */
const inShape = (single: boolean, items: Record<string, unknown>[]): Keys =>
  single ? (items[0] ?? {}) : items;

/** Inserts and answers the new keys by title. */
export async function answerInsert(call: AnyCall): Promise<Keys> {
  const input = { ...writeInput(call), keepKeys: readKeepKeys(call.query) };
  const { table } = call.target;
  const keys = await insertRecords(call.core, call.caller, call.target, input);
  return inShape(
    input.single,
    keys.map((key) => keyObject(table, key)),
  );
}

const echo = (call: AnyCall, single: boolean, records: readonly Identified[]): Keys =>
  inShape(
    single,
    records.map((record) => keyObject(call.target.table, record.sent)),
  );

/** Changes by the key inside each record; echoes the keys as sent. */
export async function answerUpdate(call: AnyCall): Promise<Keys> {
  const input = writeInput(call);
  const { records } = await updateRecords(call.core, call.caller, call.target, {
    ...input,
    missing: 'refuse',
  });
  return echo(call, input.single, records);
}

/** Deletes by key; echoes the keys as sent. */
export async function answerDelete(call: AnyCall): Promise<Keys> {
  const { rows, single } = writeInput(call);
  const { records } = await deleteRecords(call.core, call.caller, call.target.table, {
    records: rows,
    single,
    missing: 'refuse',
  });
  return echo(call, single, records);
}
