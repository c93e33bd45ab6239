import type { SettingStore } from '../../core/ports.ts';
import type { Meta } from './builder.ts';
import { upsert } from './upsert.ts';

/** Instance settings that people change while it runs. */
export function createSettingStore(meta: Meta): SettingStore {
  return {
    async get(key) {
      const { rows } = await meta.run(
        meta.build.selectFrom('rg_setting').select('value').where('key', '=', key),
      );
      return rows[0] === undefined ? undefined : String(rows[0].value);
    },
    async set(key, value) {
      await meta.run(upsert(meta, 'rg_setting', ['key'], [{ key, value }]));
    },
    async all() {
      const { rows } = await meta.run(meta.build.selectFrom('rg_setting').selectAll().orderBy('key'));
      return new Map(rows.map((row) => [String(row.key), String(row.value)]));
    },
  };
}
