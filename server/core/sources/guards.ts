import { AppError } from '../errors.ts';
import type { Base, Source, Table } from '../model.ts';

/** What may not be done to databases that others made. */

const readOnly = (message: string): AppError => new AppError('FORBIDDEN', `Forbidden - ${message}`);

const schemaReadOnly = (source: Source): AppError => readOnly(`Source '${source.alias}' schema is read-only`);

/** Throws FORBIDDEN for a table of a connected database: its shape is its makers' business. */
export function requireOwnSchema(table: Pick<Table, 'source'>): void {
  if (table.source !== undefined) throw schemaReadOnly(table.source);
}

/** Throws FORBIDDEN unless tables may be made in the source. */
export function requireOwnSource(source: Source): void {
  if (source.external !== undefined) throw schemaReadOnly(source);
}

/** Throws FORBIDDEN when a table of the base rests in a connected database, for work inside one database. */
export function requireOwnTables(base: Base, what: string): void {
  const source = base.sources.find((each) => each.external !== undefined);
  if (source === undefined) return;
  throw readOnly(`${what} is not possible while the base has the data source '${source.alias}'`);
}

/** Why nobody can write records of the table; undefined when one can. */
export function whyReadOnly({ source, native, key, title }: Table): string | undefined {
  if (source === undefined) return undefined;
  if (source.external?.dataReadOnly === true) return `Source '${source.alias}' is read-only`;
  if (native?.kind === 'view') return `'${title}' is a view of source '${source.alias}', which is read-only`;
  return key.length === 0
    ? `Table '${title}' of source '${source.alias}' has no usable primary key, so it is read-only`
    : undefined;
}

/** Throws FORBIDDEN unless records of the table may be written. */
export function requireWritable(table: Table): void {
  const reason = whyReadOnly(table);
  if (reason !== undefined) throw readOnly(reason);
}
