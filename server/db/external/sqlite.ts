import type { FileAddress } from '../../core/ports.ts';
import { codeOf } from '../engines/sqlite/errors.ts';
import { connectForeignSqlite, foreignSqliteDialect } from '../engines/sqlite/foreign.ts';
import { introspectSqlite } from '../engines/sqlite/introspect.ts';
import type { ExternalEngine, ForeignFault } from './engine.ts';

const faults: readonly (readonly [RegExp, ForeignFault])[] = [
  [/^SQLITE_CONSTRAINT_FOREIGNKEY/, 'foreignKey'],
  [/^SQLITE_CONSTRAINT_DATATYPE|^SQLITE_MISMATCH|^SQLITE_TOOBIG/, 'value'],
  [/^SQLITE_CONSTRAINT/, 'constraint'],
  [/^SQLITE_(CANTOPEN|NOTADB|CORRUPT|IOERR)/, 'unreachable'],
  [/^SQLITE_(READONLY|PERM|AUTH)/, 'rights'],
  [/^SQLITE_(ERROR|SCHEMA)$/, 'structure'], // our statements are right as long as the tables are
];

export const externalSqlite: ExternalEngine<FileAddress> = {
  dialect: foreignSqliteDialect,
  connect: connectForeignSqlite,
  probe: 'select count(*) from sqlite_schema',
  introspect: introspectSqlite,
  schemas: async () => [],
  explain: (error) => faults.find(([pattern]) => pattern.test(codeOf(error)))?.[1] ?? 'unknown',
};
