import { AppError } from '../../core/errors.ts';
import type { BaseSummary, Member, Source } from '../../core/model.ts';
import type { BaseRow, BaseStore } from '../../core/ports.ts';
import type { Meta, MetaTable } from './builder.ts';
import { createColumnStore, readColumn } from './columns.ts';
import {
  absentJson,
  type Fields,
  flag,
  number,
  optionalJson,
  optionalNumber,
  optionalText,
  readRow,
  text,
  word,
  writeRow,
} from './fields.ts';
import { createTableStore, partsOfViews, readTable, readView } from './tables.ts';
import { upsert } from './upsert.ts';
import { createViewStore, readFilter, readSort, readViewColumn } from './views.ts';

const baseFields: Fields<BaseRow> = {
  id: text('id'),
  title: text('title'),
  description: optionalText('description'),
  color: optionalText('color'),
  meta: optionalJson('meta'),
  order: number('display_order'),
  prefix: text('prefix'),
  createdAt: number('created_at'),
  updatedAt: number('updated_at'),
};

const sourceFields: Fields<Source> = {
  id: text('id'),
  alias: optionalText('alias'),
  type: text('type'),
  external: absentJson('external'),
  createdAt: number('created_at'),
  updatedAt: number('updated_at'),
};

const memberFields: Fields<Member> = {
  userId: text('user_id'),
  role: word('role'),
  starred: flag('starred'),
  order: optionalNumber('display_order'),
  hidden: flag('hidden'),
  createdAt: number('created_at'),
};

type Rows = readonly Record<string, unknown>[];

/** Bases with what belongs to each; three queries whatever their number. */
async function readBases(
  meta: Meta,
  only: { readonly id?: string; readonly memberId?: string },
): Promise<BaseSummary[]> {
  const { build } = meta;
  let bases = build.selectFrom('rg_base').selectAll();
  let sources = build.selectFrom('rg_source').selectAll();
  let members = build.selectFrom('rg_member').selectAll();
  if (only.id !== undefined) {
    bases = bases.where('id', '=', only.id);
    sources = sources.where('base_id', '=', only.id);
    members = members.where('base_id', '=', only.id);
  }
  if (only.memberId !== undefined) {
    const own = build.selectFrom('rg_member').select('base_id').where('user_id', '=', only.memberId);
    bases = bases.where('id', 'in', own);
    sources = sources.where('base_id', 'in', own);
    members = members.where('base_id', 'in', own);
  }
  const [baseRows, sourceRows, memberRows] = await Promise.all([
    meta.run(bases.orderBy('display_order').orderBy('created_at').orderBy('id')),
    meta.run(sources.orderBy('created_at').orderBy('id')),
    meta.run(members.orderBy('created_at').orderBy('user_id')),
  ]);
  return joinBases(baseRows.rows, sourceRows.rows, memberRows.rows);
}

function joinBases(baseRows: Rows, sourceRows: Rows, memberRows: Rows): BaseSummary[] {
  const parts = new Map<unknown, { sources: Source[]; members: Map<string, Member> }>();
  const summaries = baseRows.map((row): BaseSummary => {
    const part = { sources: [], members: new Map() };
    parts.set(row.id, part);
    return { ...readRow(baseFields, row), ...part };
  });
  // the instance's own database is always the first
  const ownFirst = [...sourceRows].sort((a, b) => Number(a.external !== null) - Number(b.external !== null));
  for (const row of ownFirst) parts.get(row.base_id)?.sources.push(readRow(sourceFields, row));
  for (const row of memberRows) {
    const member = readRow(memberFields, row);
    parts.get(row.base_id)?.members.set(member.userId, member);
  }
  return summaries;
}

/** Attempts at one untorn reading of a base before the caller is asked to come back. */
const loadAttempts = 10;

/**
 * A base in eleven queries. Another process may commit between two of them;
 * every schema change counts the epoch up, so equal epochs before and after
 * prove that the parts belong together.
 */
async function loadBase(meta: Meta, id: string): ReturnType<BaseStore['load']> {
  const { build } = meta;
  const partsOf = (table: MetaTable, last = 'id') =>
    meta.run(
      build.selectFrom(table).selectAll().where('base_id', '=', id).orderBy('display_order').orderBy(last),
    );
  const readEpoch = async (): Promise<number> => {
    const { rows } = await meta.runHot('epoch', (builder) => builder.selectFrom('rg_epoch').select('v'), []);
    return Number(rows[0]?.v);
  };
  let before = await readEpoch();
  for (let attempt = 0; attempt < loadAttempts; attempt += 1) {
    const [[base], tables, columns, views, viewColumns, filters, sorts] = await Promise.all([
      readBases(meta, { id }),
      partsOf('rg_table'),
      partsOf('rg_column'),
      partsOf('rg_view'),
      partsOf('rg_view_column', 'column_id'),
      partsOf('rg_filter'),
      partsOf('rg_sort'),
    ]);
    const after = await readEpoch();
    if (after === before) {
      if (base === undefined) return undefined;
      return {
        base,
        tables: tables.rows.map(readTable),
        columns: columns.rows.map(readColumn),
        views: views.rows.map(readView),
        viewColumns: viewColumns.rows.map(readViewColumn),
        filters: filters.rows.map(readFilter),
        sorts: sorts.rows.map(readSort),
      };
    }
    before = after;
  }
  throw new AppError(
    'UNAVAILABLE',
    `Base '${id}' is being changed by others at this moment. Try again in a second.`,
  );
}

function members(meta: Meta): Pick<BaseStore, 'setMember' | 'removeMember'> {
  return {
    async setMember(baseId, member) {
      const row = { base_id: baseId, ...writeRow(memberFields, member) };
      await meta.run(upsert(meta, 'rg_member', ['base_id', 'user_id'], [row]));
    },
    async removeMember(baseId, userId) {
      await meta.run(
        meta.build.deleteFrom('rg_member').where('base_id', '=', baseId).where('user_id', '=', userId),
      );
    },
  };
}

function sources(meta: Meta): Pick<BaseStore, 'insertSource' | 'updateSource' | 'deleteSource'> {
  const { build } = meta;
  return {
    async insertSource(baseId, source) {
      const row = { base_id: baseId, ...writeRow(sourceFields, source) };
      await meta.run(build.insertInto('rg_source').values(row));
    },
    async updateSource(id, change) {
      const row = writeRow(sourceFields, change);
      if (Object.keys(row).length > 0)
        await meta.run(build.updateTable('rg_source').set(row).where('id', '=', id));
    },
    // foreign keys stay within a source, so that nothing of others points at what goes
    async deleteSource(id) {
      const tables = build.selectFrom('rg_table').select('id').where('source_id', '=', id);
      const views = build.selectFrom('rg_view').select('id').where('table_id', 'in', tables);
      for (const part of partsOfViews) await meta.run(build.deleteFrom(part).where('view_id', 'in', views));
      await meta.run(build.deleteFrom('rg_view').where('table_id', 'in', tables));
      await meta.run(build.deleteFrom('rg_column').where('table_id', 'in', tables));
      await meta.run(build.deleteFrom('rg_table').where('source_id', '=', id));
      await meta.run(build.deleteFrom('rg_source').where('id', '=', id));
    },
  };
}

/** Everything that describes bases; their records are elsewhere. */
export function createBaseStore(meta: Meta): BaseStore {
  const { build } = meta;
  return {
    ...members(meta),
    ...sources(meta),
    ...createTableStore(meta),
    ...createColumnStore(meta),
    ...createViewStore(meta),
    find: async (id) => (await readBases(meta, { id }))[0],
    load: (id) => loadBase(meta, id),
    list: (memberId) => readBases(meta, memberId === undefined ? {} : { memberId }),
    async insert(base, source) {
      await meta.run(build.insertInto('rg_base').values(writeRow(baseFields, base)));
      const row = { base_id: base.id, ...writeRow(sourceFields, source) };
      await meta.run(build.insertInto('rg_source').values(row));
    },
    async update(id, change) {
      const row = writeRow(baseFields, change);
      if (Object.keys(row).length > 0)
        await meta.run(build.updateTable('rg_base').set(row).where('id', '=', id));
    },
    async delete(id) {
      const columns = build.selectFrom('rg_column').select('id').where('base_id', '=', id);
      await meta.run(build.deleteFrom('rg_sequence').where('column_id', 'in', columns));
      for (const table of [
        ...partsOfViews,
        'rg_view',
        'rg_column',
        'rg_table',
        'rg_member',
        'rg_job',
        'rg_source',
      ] as const) {
        await meta.run(build.deleteFrom(table).where('base_id', '=', id));
      }
      await meta.run(build.deleteFrom('rg_base').where('id', '=', id));
    },
  };
}
