import { type RecordPart, recordMark } from '../parts/recordSchemas.ts';
import type { JsonSchema, Reference } from './document.ts';

/** Schemas of routes as they stand in a document. */

export type FillRecord = (part: RecordPart, schema: JsonSchema) => JsonSchema | Reference;

const isPart = (value: unknown): value is RecordPart =>
  value === 'read' || value === 'create' || value === 'change' || value === 'key';

/**
 * A plain copy of a schema in which `fill` replaces every marked record. A
 * schema without marks is copied once. Undefined members are left out.
 */
export function prepareFill(schema: unknown): (fill: FillRecord) => JsonSchema {
  let marked = false;
  const plain = copy(schema, (_part, record) => {
    marked = true;
    return record;
  }) as JsonSchema;
  return marked ? (fill) => copy(schema, fill) as JsonSchema : () => plain;
}

function copy(value: unknown, fill: FillRecord): unknown {
  if (Array.isArray(value)) return value.map((item) => copy(item, fill));
  if (typeof value !== 'object' || value === null) return value;
  const mark: unknown = Object.hasOwn(value, recordMark)
    ? (value as Record<string, unknown>)[recordMark]
    : undefined;
  const plain = Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => member !== undefined && key !== recordMark)
      .map(([key, member]) => [key, copy(member, fill)]),
  );
  return isPart(mark) ? fill(mark, plain) : plain;
}

/** Where no table is known a record stays any object. */
export const anyRecord: FillRecord = (_part, schema) => schema;

/** The schema, or null. */
export function orNull(schema: JsonSchema): JsonSchema {
  const { type } = schema;
  const closed = ['enum', 'const', 'anyOf', 'oneOf', 'allOf', '$ref', 'not', 'if'].some(
    (key) => key in schema,
  );
  if (closed || type === undefined) {
    return Object.keys(schema).length === 0 ? schema : { anyOf: [schema, { type: 'null' }] };
  }
  const types: unknown[] = Array.isArray(type) ? type : [type];
  return types.includes('null') ? schema : { ...schema, type: [...types, 'null'] };
}

/** Whether a route answers no body at all. */
export const isEmptyReply = (reply: JsonSchema): boolean =>
  reply.type === 'void' || reply.type === 'undefined';

/** The media type of an answer: text says its own in `contentMediaType`, everything else is JSON. */
export function mediaTypeOf(reply: JsonSchema): string {
  if (reply.type !== 'string') return 'application/json';
  return typeof reply.contentMediaType === 'string' ? reply.contentMediaType : 'text/plain';
}
