import { type Migration, nativeTypes } from './types.ts';

/**
 * What is known of databases that others made: how a source is reached
 * (encrypted) and what may be done with it, and the native shape of its tables
 * and columns. Each is JSON; empty for everything of our own.
 */
export const sources: Migration = {
  name: '0004-sources',
  statements(build, dialect) {
    const { text } = nativeTypes[dialect];
    return [
      build.schema.alterTable('rg_source').addColumn('external', text),
      build.schema.alterTable('rg_table').addColumn('native', text),
      build.schema.alterTable('rg_column').addColumn('native', text),
    ];
  },
};
