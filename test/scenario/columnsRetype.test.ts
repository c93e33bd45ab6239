import { describe, expect, it } from 'vitest';
import { columnOf, insert, ok } from '../support/structure.ts';
import { useTextTable } from '../support/textTable.ts';

const on = useTextTable();
const { ask, add, patch, fill, values, reload } = on;

describe('changing the type', () => {
  it.each([
    ['Number', ['1', ' -2 ', '', null, '9007199254740993'], [1, -2, null, null, '9007199254740993']],
    ['Decimal', ['1.50', '-0.1'], [1.5, -0.1]],
    ['Checkbox', ['true', 'false', null], [true, false, null]],
    ['Date', ['2024-02-29', null], ['2024-02-29', null]],
    ['DateTime', ['2024-02-29T10:00:00Z'], ['2024-02-29 10:00:00+00:00']],
    ['Time', ['10:30'], ['10:30:00']],
    ['Year', ['2024'], [2024]],
    ['JSON', ['{"a":1}', null], [{ a: 1 }, null]],
    ['LongText', ['a', '', null], ['a', '', null]],
    ['Email', ['a@b.de', null], ['a@b.de', null]],
    ['SingleSelect', ['red', 'blue', 'red', '', null], ['red', 'blue', 'red', null, null]],
    ['MultiSelect', ['a,b', ' b , c', null], ['a,b', 'b,c', null]],
  ])('of text to %s converts the values', async (uidt, before, after) => {
    await fill(...before);
    const changed = await ok(patch('Name', { uidt }));
    expect(columnOf(changed, 'Name')).toMatchObject({
      uidt,
      column_name: columnOf(on.table, 'Name').column_name,
      id: columnOf(on.table, 'Name').id,
    });
    expect(await values()).toEqual(after);
  });

  it.each([
    ['Number', [7, null, -1], 'SingleLineText', ['7', null, '-1']],
    ['Number', [7, 8], 'Decimal', [7, 8]],
    ['Number', [1, 0], 'Checkbox', [true, false]],
    ['Number', [3, 4], 'SingleSelect', ['3', '4']],
    ['Decimal', ['1.25', '2'], 'LongText', ['1.25', '2']],
    ['Date', ['2024-01-31'], 'DateTime', ['2024-01-31 00:00:00+00:00']],
    ['DateTime', ['2024-01-31 12:00:00+00:00'], 'SingleLineText', ['2024-01-31 12:00:00+00:00']],
    ['Checkbox', [true, null], 'SingleLineText', ['true', null]],
    ['JSON', [{ a: [1] }], 'LongText', ['{"a":[1]}']],
  ])('of %s %j to %s', async (from, before, to, after) => {
    await ok(add({ title: 'Value', uidt: from }));
    await reload();
    await insert(
      ask,
      on.table.id,
      before.map((Value) => ({ Value })),
    );
    await ok(patch('Value', { uidt: to }));
    expect(await values('Value')).toEqual(after);
  });

  it.each([
    ['Number', ['1', 'x', '1.5', '2']],
    ['Date', ['2024-02-29', '2023-02-29', 'soon', 'x']],
    ['Checkbox', ['true', 'perhaps', 'never', 'false']],
    ['JSON', ['1', '{', "{'a':1}", 'null']],
  ])('to %s is refused as a whole with every bad record', async (uidt, before) => {
    await fill(...before);
    const { columnsHash } = on.table;
    const answer = await patch('Name', { uidt, title: 'Other' });
    expect([answer.status, answer.body.error, answer.body.rejectedCount]).toEqual([
      422,
      'ERR_COLUMN_OP_FAILED',
      2 + Number(before[3] === 'x'),
    ]);
    expect(answer.body.rejected[0]).toMatchObject({ key: '2', value: before[1], reason: expect.any(String) });
    expect((await reload()).columnsHash).toBe(columnsHash);
    expect(columnOf(on.table, 'Name').uidt).toBe('SingleLineText');
    expect(await values()).toEqual(before);
  });

  it('shows a hundred refused records and counts them all', async () => {
    await fill(...Array.from({ length: 2500 }, (_, i) => (i % 2 === 0 ? `bad ${i}` : String(i))));
    const answer = await patch('Name', { uidt: 'Number' });
    expect(answer.body.rejected).toHaveLength(100);
    expect(answer.body.rejectedCount).toBe(1250);
  });

  it('converts thousands of records', async () => {
    await fill(...Array.from({ length: 2500 }, (_, i) => String(i)));
    await ok(patch('Name', { uidt: 'Number' }));
    const { list } = await ok(ask('GET', `/api/v2/tables/${on.table.id}/records?sort=-Name&limit=1`));
    expect(list[0].Name).toBe(2499);
    expect(
      (await ok(ask('GET', `/api/v2/tables/${on.table.id}/records/count?where=(Name,lt,1000)`))).count,
    ).toBe(1000);
  });

  it('to a select takes given choices, or at most 500 from the data', async () => {
    await fill('a', 'b');
    const refused = await patch('Name', { uidt: 'SingleSelect', colOptions: { options: [{ title: 'a' }] } });
    expect(refused.body).toMatchObject({ rejectedCount: 1, rejected: [{ key: '2', value: 'b' }] });
    await insert(
      ask,
      on.table.id,
      Array.from({ length: 501 }, (_, i) => ({ Note: `n${i}` })),
    );
    const many = await patch('Note', { uidt: 'SingleSelect' });
    expect(many.body.message).toContain('more than 500');
    await ok(patch('Name', { uidt: 'SingleSelect' }));
    await ok(patch('Name', { uidt: 'MultiSelect' }));
    expect(columnOf(await reload(), 'Name').colOptions.options).toMatchObject([
      { title: 'a' },
      { title: 'b' },
    ]);
  });

  it('carries a default over when it fits', async () => {
    await ok(patch('Name', { cdf: '5' }));
    expect(columnOf(await ok(patch('Name', { uidt: 'Number' })), 'Name').cdf).toBe('5');
    await ok(patch('Note', { cdf: 'words' }));
    expect(columnOf(await ok(patch('Note', { uidt: 'Number' })), 'Note').cdf).toBeNull();
    expect((await patch('Name', { cdf: 'x' })).status).toBe(422);
    expect(columnOf(await ok(patch('Name', { cdf: null })), 'Name').cdf).toBeNull();
  });
});
