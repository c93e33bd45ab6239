import type { ServerAddress } from '../../core/ports.ts';
import { createDialect } from '../engines/mysql/dialect.ts';
import { causeOf, numberOf } from '../engines/mysql/errno.ts';
import { introspectMysql } from '../engines/mysql/introspect.ts';
import { mysqlNative } from '../engines/mysql/native.ts';
import { connectMysql } from '../engines/mysql.ts';
import type { ExternalEngine, ForeignFault } from './engine.ts';
import { usage } from './usage.ts';

const foreignKeys = new Set([1216, 1217, 1451, 1452]);
const constraints = new Set([3819, 4025, 1048, 1062, 1364]);

const faults: Readonly<Partial<Record<string, ForeignFault>>> = {
  denied: 'credentials',
  rights: 'rights',
  changedElsewhere: 'structure',
  unfit: 'value',
  lost: 'unreachable',
};

function explain(error: unknown): ForeignFault {
  const number = numberOf(error);
  if (foreignKeys.has(number)) return 'foreignKey';
  if (constraints.has(number)) return 'constraint';
  return faults[causeOf(error) ?? ''] ?? 'unknown';
}

// which server it is matters only where tables are made
const dialect = createDialect({ mariadb: false, collation: 'utf8mb4_bin' });

export const externalMysql: ExternalEngine<ServerAddress> = {
  dialect: { ...dialect, native: mysqlNative },
  connect: (address) => connectMysql({ ...address, ...usage }),
  probe: 'select 1',
  introspect: introspectMysql,
  schemas: async () => [],
  explain,
};
