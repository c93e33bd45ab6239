import { type TSchema, Type } from 'typebox';

/** Pieces of the schemas of bases, tables, columns and views. */

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const instant = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\+00:00$' });

export const text = Type.String();
export const optionalText = nullable(text);
export const flag = Type.Boolean();
export const meta = nullable(Type.Record(Type.String(), Type.Unknown()));

/** Members of a row that hosted versions fill and this server leaves empty. */
export const unused = Type.Null();

/** Yes or no, as clients of databases without booleans write it, too. */
export const looseFlag = Type.Union([Type.Boolean(), Type.Literal(0), Type.Literal(1), Type.Null()]);

/** Free-form JSON, or the same as text. */
export const looseMeta = Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.String(), Type.Null()]);

/** The whole list in one page, as lists of bases and sources are. */
export const wholePageInfo = Type.Object({
  totalRows: Type.Integer({ minimum: 0 }),
  page: Type.Literal(1),
  pageSize: Type.Integer({ minimum: 0 }),
  isFirstPage: Type.Literal(true),
  isLastPage: Type.Literal(true),
});

export const wholePage = (count: number) => ({
  totalRows: count,
  page: 1,
  pageSize: count,
  isFirstPage: true,
  isLastPage: true,
});

export const message = Type.Object({ msg: Type.String() });
