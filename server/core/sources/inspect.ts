import { atLeast, orgRoles } from '../../../vocabulary/roles.ts';
import { roleInBase } from '../access.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Base, Caller } from '../model.ts';
import type { ForeignSchema, SourceAddress } from '../ports.ts';
import { maxColumnsOfTable, maxTitle } from '../tables/limits.ts';

/** Looking at an existing database before it becomes a source. */

/**
 * Reaching out to hosts is for who may make bases, or may connect databases to
 * this one. Throws FORBIDDEN.
 */
export function requireMayConnect(caller: Caller, base: Base | undefined): void {
  const { principal } = caller;
  if (principal.kind !== 'anonymous') {
    const bound = principal.kind === 'token' && principal.token.baseId !== null;
    if (!bound && orgRoles.indexOf(principal.user.orgRole) <= orgRoles.indexOf('creator')) return;
    const opens = !bound || (principal.kind === 'token' && principal.token.baseId === base?.id);
    const role = base === undefined ? undefined : roleInBase(principal.user, base);
    if (opens && role !== undefined && atLeast(role, 'creator')) return;
  }
  throw new AppError(
    'FORBIDDEN',
    'Forbidden - Databases can be connected by who may create bases, and by creators of a base that they name.',
    { missing: 'sourceCreate' },
  );
}

/** Connects and leaves. Throws AppError with a message free of secrets. */
export const testConnection = (core: Core, address: SourceAddress): Promise<void> =>
  core.sources.inspect(address, (inspection) => inspection.test());

/** Tables of ours beside those of others: the database is a Rowgate's own. */
const ownTables = ['rg_migration', 'rg_base', 'rg_user'];

/** What can become tables of a base. Throws BAD_REQUEST for the database of a Rowgate itself. */
export async function introspect(core: Core, address: SourceAddress): Promise<ForeignSchema> {
  const { tables, notes } = await core.sources.inspect(address, (inspection) => inspection.introspect());
  if (ownTables.every((name) => tables.some((table) => table.name === name))) {
    throw new AppError(
      'BAD_REQUEST',
      'This is the database of a Rowgate instance. Connect another one, or another schema of it.',
    );
  }
  const problems = new Map(tables.map((table) => [table, problemOf(table)] as const));
  return {
    tables: tables.filter((table) => problems.get(table) === undefined),
    notes: [
      ...notes,
      ...tables.flatMap((table) => {
        const problem = problems.get(table);
        return problem === undefined ? [] : [`'${table.name}' is left out: ${problem}.`];
      }),
    ],
  };
}

function problemOf({ name, columns }: ForeignSchema['tables'][number]): string | undefined {
  if (columns.length === 0) return 'it has no columns that this user may see';
  if (columns.length > maxColumnsOfTable) return `it has more than ${maxColumnsOfTable} columns`;
  const long = [name, ...columns.map((column) => column.name)].find((each) => [...each].length > maxTitle);
  return long === undefined ? undefined : `it has a name of more than ${maxTitle} characters`;
}

/** What one may choose from: schemas, and the tables of the one that the address names. */
export async function listForeign(
  core: Core,
  address: SourceAddress,
): Promise<{ schemas: string[]; schema: ForeignSchema }> {
  const schemas = await core.sources.inspect(address, (inspection) => inspection.schemas());
  return { schemas, schema: await introspect(core, address) };
}
