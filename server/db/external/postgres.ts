import type { ServerAddress } from '../../core/ports.ts';
import { postgresDialect } from '../engines/postgres/dialect.ts';
import { stateOf } from '../engines/postgres/errors.ts';
import { introspectPostgres, listPostgresSchemas } from '../engines/postgres/introspect.ts';
import { postgresNative } from '../engines/postgres/native.ts';
import { connectPostgres } from '../engines/postgres.ts';
import type { ExternalEngine, ForeignFault } from './engine.ts';
import { usage } from './usage.ts';

const faults: readonly (readonly [RegExp, ForeignFault])[] = [
  [/^(28|3D)/, 'credentials'],
  [/^42501/, 'rights'],
  [/^23503/, 'foreignKey'],
  [/^23/, 'constraint'],
  [/^22/, 'value'],
  [/^(42|0A|26)/, 'structure'],
  [/^(08|53|57)/, 'unreachable'],
];

export const externalPostgres: ExternalEngine<ServerAddress> = {
  dialect: { ...postgresDialect, native: postgresNative },
  connect: (address) => connectPostgres({ ...address, ...usage }),
  probe: 'select 1',
  introspect: (execute, address) => introspectPostgres(execute, address.schema),
  schemas: listPostgresSchemas,
  explain: (error) => faults.find(([pattern]) => pattern.test(stateOf(error)))?.[1] ?? 'unknown',
};
