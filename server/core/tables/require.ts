import type { Core } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Table } from '../model.ts';

/** The table as it is now. Throws TABLE_NOT_FOUND. */
export async function requireTable(core: Core, id: string): Promise<Table> {
  const found = await core.snapshot.findTable(id);
  if (found === undefined) throw notFound('Table', id);
  return found.table;
}
