import type { RecordReader, TableRef } from '../../core/ports.ts';
import type { ExternalRegistry } from './registry.ts';

/** Reads each table from the database that holds it. */
export function routeReads(own: RecordReader, sources: Pick<ExternalRegistry, 'reader'>): RecordReader {
  const readerOf = ({ source }: TableRef): RecordReader =>
    source === undefined ? own : sources.reader(source);
  return {
    prepare: (plan) => readerOf(plan.table).prepare(plan),
    prepareRecord: (plan) => readerOf(plan.table).prepareRecord(plan),
    count: (table, where) => readerOf(table).count(table, where),
    exist: (table, keys) => readerOf(table).exist(table, keys),
    aggregate: (table, where, fields) => readerOf(table).aggregate(table, where, fields),
    group: (plan, limit, offset) => readerOf(plan.table).group(plan, limit, offset),
    countGroups: (plan) => readerOf(plan.table).countGroups(plan),
    scan: (plan, batchSize) => readerOf(plan.table).scan(plan, batchSize),
  };
}
