import { createTable } from './createTable.ts';
import { type Migration, nativeTypes } from './types.ts';

/** Which instances live on this database, until when each may trust its caches, and what each has heard. */
export const instances: Migration = {
  name: '0003-instances',
  statements(build, dialect) {
    const t = nativeTypes[dialect];
    const instance = {
      id: t.varchar(64),
      lease_until: t.bigint,
      applied: t.bigint,
      started_at: t.bigint,
    };
    return [createTable(build, 'rg_instance', instance, ['id'])];
  },
};
