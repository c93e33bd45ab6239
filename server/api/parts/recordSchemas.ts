import { type TSchema, Type } from 'typebox';

/**
 * Schemas of records for routes with `perTable: true`. Here a record is any
 * object; each carries the mark `x-record`, by which the document of a base
 * knows where to put the columns of the table at hand.
 */

export const recordMark = 'x-record';

/**
 * - read: a record as it is answered
 * - create: a record as it is sent to be stored
 * - change: key and the fields to change
 * - key: the primary key alone, by title
 */
export type RecordPart = 'read' | 'create' | 'change' | 'key';

type Fields = Record<string, unknown>;

const marked = (part: RecordPart, description: string) =>
  Type.Unsafe<Fields>({ type: 'object', additionalProperties: true, description, [recordMark]: part });

export const recordRead = marked('read', 'A record, by field title.');
export const recordCreate = marked(
  'create',
  'A record by field title, physical name or id; unknown keys are ignored.',
);
export const recordChange = marked(
  'change',
  'The primary key and the fields to change; other fields keep their value.',
);
export const recordKey = marked('key', 'The primary key of a record, by title.');

/** One or a list of them. */
export const oneOrMany = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Array(schema)]);

export const pageInfoSchema = Type.Object(
  {
    totalRows: Type.Integer({ minimum: 0, description: 'Records in all.' }),
    page: Type.Optional(Type.Integer({ minimum: 1 })),
    offset: Type.Optional(
      Type.Integer({ minimum: 0, description: 'In place of page when it is no multiple of the page size.' }),
    ),
    pageSize: Type.Integer({ minimum: 1 }),
    isFirstPage: Type.Boolean(),
    isLastPage: Type.Boolean({ description: 'True on an empty page, too.' }),
  },
  { title: 'Paginated' },
);

/** A page of records. */
export const recordPage = Type.Object({ list: Type.Array(recordRead), pageInfo: pageInfoSchema });
