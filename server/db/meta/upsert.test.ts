import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Execute } from '../engine.ts';
import { createMeta, toSql } from './builder.ts';
import { upsert } from './upsert.ts';

const nothing: Execute = () => ({ rows: [], changes: 0 });

test.each([
  [
    'sqlite',
    'insert into "rg_setting" ("key", "value") values (?, ?) on conflict ("key") do update set "value" = "excluded"."value"',
  ],
  [
    'postgres',
    'insert into "rg_setting" ("key", "value") values ($1, $2) on conflict ("key") do update set "value" = "excluded"."value"',
  ],
  [
    'mysql',
    'insert into `rg_setting` (`key`, `value`) values (?, ?) on duplicate key update `value` = values(`value`)',
  ],
] as const)('%s', (dialect, text) => {
  const statement = upsert(createMeta(nothing, dialect), 'rg_setting', ['key'], [{ key: 'a', value: '1' }]);
  expect(toSql(statement)).toEqual({ text, params: ['a', '1'] });
});

test('an update may use what was there and what came', () => {
  const meta = createMeta(nothing, 'sqlite');
  const statement = upsert(
    meta,
    'rg_sequence',
    ['column_id'],
    [{ column_id: 'c1', next: 5 }],
    ({ old, given }) => ({
      next: sql`${old('next')} + ${given('next')}`,
    }),
  );
  expect(toSql(statement).text).toMatch(/do update set "next" = "rg_sequence"."next" \+ "excluded"."next"$/);
});
