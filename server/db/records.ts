import type { Value } from '../../columnTypes/query.ts';
import type {
  GroupPlan,
  Maybe,
  PreparedRead,
  PreparedRecord,
  RawValue,
  ReadPlan,
  RecordReader,
} from '../core/ports.ts';
import { compile } from './compile.ts';
import type { Dialect, ReadConnection, Sql } from './engine.ts';
import type { Fragment } from './fragment.ts';
import { after } from './maybe.ts';
import type { Counts } from './recordsCount.ts';
import { keysExist } from './recordsKeys.ts';
import { type PageStatement, preparePage, type SelectPage } from './recordsPage.ts';
import { scanRows } from './recordsScan.ts';
import {
  createRowReader,
  selectAggregates,
  selectGroupCount,
  selectGroups,
  selectJson,
  selectRecord,
  selectRecordJson,
  selectRows,
  storagesOf,
} from './recordsSelect.ts';
import { weigh } from './recordsWeight.ts';

const noRows = Buffer.from('[]');

function prepareRead(
  plan: ReadPlan,
  connection: ReadConnection,
  dialect: Dialect,
  counts: Counts,
): PreparedRead {
  const prepare = (select: SelectPage): PageStatement =>
    preparePage(plan, select, connection, dialect, counts);
  const rowsPage = prepare((changed, deep) => selectRows(changed, dialect, deep));
  const readRows = createRowReader(storagesOf(plan.fields), dialect);
  const jsonPage =
    selectJson(plan, dialect) === undefined
      ? undefined
      : prepare((changed, deep) => selectJson(changed, dialect, deep) as Fragment);
  return {
    json:
      jsonPage === undefined
        ? undefined
        : (limit, offset) =>
            after(jsonPage(limit, offset), ({ sql, weight }) =>
              after(connection.bytes(sql, weight), (bytes) => bytes ?? noRows),
            ),
    rows: (limit, offset) =>
      after(rowsPage(limit, offset), ({ sql, weight }) => after(connection.rows(sql, weight), readRows)),
    count: counts.prepare(plan.table, plan.where).run,
  };
}

function prepareRecord(plan: ReadPlan, connection: ReadConnection, dialect: Dialect): PreparedRecord {
  const { key } = plan.table;
  const withKey = (statement: Sql): ((values: readonly Value[]) => Sql) => {
    const fixed = statement.params.slice(0, statement.params.length - key.length);
    return (values) => ({
      text: statement.text,
      params: [...fixed, ...key.map(({ storage }, index) => dialect.bind(values[index] ?? null, storage))],
    });
  };
  const rowOf = withKey(compile(selectRecord(plan, dialect), dialect));
  const readRows = createRowReader(storagesOf(plan.fields), dialect);
  const json = selectRecordJson(plan, dialect);
  const jsonOf = json === undefined ? undefined : withKey(compile(json, dialect));
  return {
    json: jsonOf === undefined ? undefined : (values) => connection.bytes(jsonOf(values), 'light'),
    row: (values) => after(connection.rows(rowOf(values), 'light'), (rows) => readRows(rows)[0]),
  };
}

/** Reads of committed records. `counts` must hear of every commit of this process. */
export function createRecordReader(
  connection: ReadConnection,
  dialect: Dialect,
  counts: Counts,
): RecordReader {
  const readAll = (fragment: Fragment, table: string, window: readonly number[] = []): Maybe<unknown[][]> => {
    const { text, params } = compile(fragment, dialect);
    const statement = { text, params: [...params.slice(0, params.length - window.length), ...window] };
    return connection.rows(statement, weigh(connection, table, statement));
  };
  return {
    prepare: (plan) => prepareRead(plan, connection, dialect, counts),
    prepareRecord: (plan) => prepareRecord(plan, connection, dialect),
    count: (table, where) => counts.prepare(table, where).run(),
    exist: (table, keys) => keysExist(table, keys, dialect, (sql) => connection.rows(sql, 'light')),
    aggregate(table, where, fields) {
      const read = createRowReader(storagesOf(fields), dialect);
      const rows = readAll(selectAggregates(table, where, fields, dialect), table.name);
      return after(rows, (found) => read(found)[0] as RawValue[]);
    },
    group(plan: GroupPlan, limit, offset) {
      const read = createRowReader(storagesOf([...plan.by, ...plan.aggregates]), dialect);
      return after(readAll(selectGroups(plan, dialect), plan.table.name, [limit, offset]), read);
    },
    countGroups: (plan) =>
      after(readAll(selectGroupCount(plan, dialect), plan.table.name), (rows) => Number(rows[0]?.[0])),
    scan: (plan, batchSize) => scanRows(plan, batchSize, connection, dialect),
  };
}
