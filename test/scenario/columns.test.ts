import { describe, expect, it } from 'vitest';
import { columnOf, hostileTexts, ok, wires } from '../support/structure.ts';
import { useTextTable } from '../support/textTable.ts';

const on = useTextTable();
const { ask, columnPath, add, patch, fill, values, reload } = on;

describe.each(wires)('columns of $wire', ({ meta }) => {
  it('are added, read, renamed, described and deleted', async () => {
    const path = `${meta}/tables/${on.table.id}/columns`;
    const added = await ok(
      ask('POST', path, { title: 'Age', uidt: 'Number', description: 'years', meta: { x: 1 } }),
    );
    expect(added.columnsHash).not.toBe(on.table.columnsHash);
    const age = columnOf(added, 'Age');
    expect(await ok(ask('GET', `${meta}/columns/${age.id}`))).toEqual(age);
    expect(age).toMatchObject({
      dt: 'bigint',
      system: false,
      pk: false,
      description: 'years',
      meta: { x: 1 },
    });
    const renamed = await ok(ask('PATCH', `${meta}/columns/${age.id}`, { title: 'Years' }));
    expect(columnOf(renamed, 'Years')).toMatchObject({
      id: age.id,
      column_name: age.column_name,
      uidt: 'Number',
    });
    expect(await ok(ask('POST', `${meta}/columns/${age.id}/primary`))).toBe(true);
    expect(columnOf(await reload(), 'Years').pv).toBe(true);
    expect(columnOf(on.table, 'Name').pv).toBe(false);
    const after = await ok(ask('DELETE', `${meta}/columns/${age.id}`));
    expect(after.columns.map((each: { title: string }) => each.title)).not.toContain('Years');
    expect(columnOf(after, 'Name').pv).toBe(true);
    expect((await ask('GET', `${meta}/columns/${age.id}`)).body.error).toBe('ERR_FIELD_NOT_FOUND');
  });

  it('change in bulk against the hash, the good ones although others fail', async () => {
    const path = `${meta}/tables/${on.table.id}/columns`;
    const { hash } = await ok(ask('GET', `${path}/hash`));
    expect(hash).toBe(on.table.columnsHash);
    const bad = { op: 'add', column: { title: 'Name', uidt: 'Number' } };
    const answer = await ok(
      ask('POST', `${path}/bulk`, {
        hash,
        ops: [
          { op: 'add', column: { title: 'New', uidt: 'Number' } },
          bad,
          { op: 'update', column: { id: columnOf(on.table, 'Note').id, title: 'Remark' } },
          { op: 'delete', column: { id: 'c0' } },
        ],
      }),
    );
    expect(answer.failedOps).toMatchObject([
      { ...bad, error: expect.stringContaining('Duplicate column alias') },
      { op: 'delete', column: { id: 'c0' } },
    ]);
    expect((await reload()).columns.map((each: { title: string }) => each.title).slice(-3)).toEqual([
      'Name',
      'Remark',
      'New',
    ]);
    const stale = await ask('POST', `${path}/bulk`, { hash, ops: [] });
    expect([stale.status, stale.body.error]).toEqual([409, 'ERR_OUT_OF_SYNC']);
    expect((await ask('POST', `${path}/bulk`, { hash, ops: [{ op: 'drop', column: {} }] })).status).toBe(400);
  });
});

describe('adding a column', () => {
  it('gives records that are there the default', async () => {
    await fill('a', 'b');
    await ok(add({ title: 'Age', uidt: 'Number', cdf: '7', rqd: true }));
    expect(await values('Age')).toEqual([7, 7]);
    await ok(add({ title: 'Active', uidt: 'Checkbox', cdf: true }));
    expect(await values('Active')).toEqual([true, true]);
  });

  it('gives them what the server makes, too', async () => {
    await fill('a', 'b', 'c');
    await ok(add({ title: 'No', uidt: 'AutoNumber' }));
    await ok(add({ title: 'Key', uidt: 'UUID' }));
    await ok(add({ title: 'Made', uidt: 'CreatedTime' }));
    await fill('d');
    expect(await values('No')).toEqual([1, 2, 3, 4]);
    expect(new Set(await values('Key')).size).toBe(4);
    const { list } = await ok(ask('GET', `/api/v2/tables/${on.table.id}/records`));
    for (const record of list) expect(record.Made).toBe(record.CreatedAt);
  });

  it.each([
    ['a duplicate', { title: 'name', uidt: 'Number' }, 422, 'ERR_DUPLICATE_IN_ALIAS'],
    [
      'a required one without default',
      { title: 'x', uidt: 'Number', rqd: true },
      422,
      'ERR_COLUMN_OP_FAILED',
    ],
    [
      'a unique one with default',
      { title: 'x', uidt: 'Number', unique: true, cdf: 1 },
      422,
      'ERR_COLUMN_OP_FAILED',
    ],
    ['a key', { title: 'x', uidt: 'ID' }, 422, 'ERR_COLUMN_OP_FAILED'],
    ['a unique JSON', { title: 'x', uidt: 'JSON', unique: true }, 422, 'ERR_COLUMN_OP_FAILED'],
    ['no type', { title: 'x' }, 400, undefined],
    ['an unknown type', { title: 'x', uidt: 'Links' }, 400, 'ERR_INVALID_REQUEST_BODY'],
    ['options twice', { title: 'x', uidt: 'SingleSelect', dtxp: "'a','a'" }, 400, 'ERR_INVALID_REQUEST_BODY'],
  ])('refuses %s and changes nothing', async (_what, item, status, error) => {
    await fill('a', 'b');
    const answer = await add(item);
    expect([answer.status, answer.body.error]).toEqual([status, error]);
    expect((await reload()).columns).toHaveLength(8);
  });
});

describe('hostile text in every member', () => {
  it.each(hostileTexts)('%s is kept or refused, and breaks nothing', async (_what, text) => {
    const items = [
      { title: text, uidt: 'LongText' },
      { title: 'x', uidt: text },
      { title: 'x', uidt: 'LongText', cdf: text },
      { title: 'y', uidt: 'Number', cdf: text },
      { title: 'z', uidt: 'Number', description: text },
      { title: 'm', uidt: 'Number', meta: { [text]: text } },
      { title: 'n', uidt: 'Number', meta: text },
      { column_name: text, uidt: 'Number' },
      { title: 's', uidt: 'SingleSelect', colOptions: { options: [{ title: text, color: text, id: text }] } },
      { title: 'd', uidt: 'SingleSelect', dtxp: text },
      { title: 'w', uidt: 'MultiSelect', colOptions: { options: [text] } },
    ];
    await fill('a');
    for (const item of items) {
      const answer = await add(item);
      expect([200, 400, 422]).toContain(answer.status);
      if (answer.status === 200)
        await ok(ask('DELETE', `/api/v2/meta/columns/${answer.body.columns.at(-1).id}`));
      const changed = await patch('Note', item);
      expect([200, 400, 422]).toContain(changed.status);
      if (changed.status === 200) {
        const note = columnOf(on.table, 'Note').id;
        await ok(
          ask('PATCH', `/api/v2/meta/columns/${note}`, { title: 'Note', uidt: 'LongText', cdf: null }),
        );
      }
    }
    for (const path of [
      `columns/${encodeURIComponent(text.toWellFormed().slice(0, 90))}`,
      `tables/${encodeURIComponent(text.toWellFormed().slice(0, 90))}`,
    ]) {
      if (text.trim() !== '') expect((await ask('GET', `/api/v2/meta/${path}`)).status).toBe(404);
    }
    expect(await values()).toEqual(['a']);
    expect((await reload()).columns).toHaveLength(8);
  });
});

describe('a column that others rely on', () => {
  it.each([
    ['Id', "The column 'Id' is a system column and cannot be deleted."],
    ['CreatedAt', "The column 'CreatedAt' is a system column and cannot be deleted."],
  ])('%s cannot be deleted', async (title, msg) => {
    const answer = await ask('DELETE', columnPath(title));
    expect([answer.status, answer.body.msg]).toEqual([400, msg]);
  });

  it.each([
    ['CreatedAt', { title: 'Made' }],
    ['CreatedAt', { uidt: 'SingleLineText' }],
    ['nc_order', { rqd: true }],
    ['Id', { uidt: 'SingleLineText' }],
    ['Id', { pk: false }],
    ['Id', { rqd: false }],
    ['Name', { uidt: 'ID' }],
    ['Name', { uidt: 'CreatedTime' }],
    ['Name', { pk: true }],
  ])('%s does not change by %j', async (title, body) => {
    const { columnsHash } = on.table;
    const answer = await patch(title, body);
    expect([answer.status, answer.body.error]).toEqual([422, 'ERR_COLUMN_OP_FAILED']);
    expect((await reload()).columnsHash).toBe(columnsHash);
  });

  it('may be echoed back whole', async () => {
    for (const column of on.table.columns) {
      const after = await ok(ask('PATCH', `/api/v2/meta/columns/${column.id}`, column));
      expect(columnOf(after, column.title)).toMatchObject({
        uidt: column.uidt,
        pk: column.pk,
        rqd: column.rqd,
      });
    }
  });

  it('leaves the display to the key when it is the last', async () => {
    await ok(ask('DELETE', columnPath('Name')));
    const left = await ok(ask('DELETE', columnPath('Note')));
    expect(columnOf(left, 'Id').pv).toBe(true);
  });
});
