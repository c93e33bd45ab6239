import type { Job, JobStore } from '../../core/ports.ts';
import type { Meta } from './builder.ts';
import { type Fields, number, optionalJson, readRow, text, word, writeRow } from './fields.ts';

const jobFields: Fields<Job> = {
  id: text('id'),
  baseId: text('base_id'),
  kind: text('kind'),
  status: word('status'),
  userId: text('user_id'),
  progress: optionalJson('progress'),
  result: optionalJson('result'),
  createdAt: number('created_at'),
  updatedAt: number('updated_at'),
};

const read = (row: Record<string, unknown>): Job => readRow(jobFields, row);

/** Long work of a base, such as an import. Lists are newest first. */
export function createJobStore(meta: Meta): JobStore {
  const { build } = meta;
  return {
    async insert(job) {
      await meta.run(build.insertInto('rg_job').values(writeRow(jobFields, job)));
    },
    async update(id, change) {
      const row = writeRow(jobFields, change);
      if (Object.keys(row).length > 0)
        await meta.run(build.updateTable('rg_job').set(row).where('id', '=', id));
    },
    async find(id) {
      const { rows } = await meta.run(build.selectFrom('rg_job').selectAll().where('id', '=', id));
      return rows[0] === undefined ? undefined : read(rows[0]);
    },
    async list(baseId, { kind, status }) {
      let jobs = build.selectFrom('rg_job').selectAll().where('base_id', '=', baseId);
      if (kind !== undefined) jobs = jobs.where('kind', '=', kind);
      if (status !== undefined) jobs = jobs.where('status', '=', status);
      const { rows } = await meta.run(jobs.orderBy('created_at', 'desc').orderBy('id', 'desc'));
      return rows.map(read);
    },
  };
}
