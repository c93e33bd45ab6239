import { describe, expect, it } from 'vitest';
import { columnOf, insert, ok } from '../support/structure.ts';
import { useTextTable } from '../support/textTable.ts';

const on = useTextTable();
const { ask, columnPath, add, patch, fill, values, reload } = on;

describe('required and unique', () => {
  it('are refused while records break them, and hold afterwards', async () => {
    await fill('a', null, 'a');
    const required = await patch('Name', { rqd: true });
    expect([required.status, required.body.error]).toEqual([422, 'ERR_COLUMN_OP_FAILED']);
    expect(required.body.message).toContain('1 record(s)');
    const unique = await patch('Name', { unique: true });
    expect(unique.body.message).toContain("'a'");
    const records = `/api/v2/tables/${on.table.id}/records`;
    await ok(
      ask('PATCH', records, [
        { Id: 2, Name: 'b' },
        { Id: 3, Name: 'c' },
      ]),
    );
    expect(columnOf(await ok(patch('Name', { rqd: true, unique: true })), 'Name')).toMatchObject({
      rqd: true,
      unique: true,
    });
    expect((await ask('POST', records, { Note: 'x' })).status).toBe(422);
    expect((await ask('POST', records, { Name: 'a' })).status).toBe(400);
    await ok(patch('Name', { rqd: false, unique: false }));
    await fill('a', null);
    await ok(ask('DELETE', columnPath('Name')));
  });

  it('stay when the type changes', async () => {
    await fill('1', '2');
    await ok(patch('Name', { rqd: true, unique: true }));
    await ok(patch('Name', { uidt: 'Number' }));
    expect((await ask('POST', `/api/v2/tables/${on.table.id}/records`, { Name: 2 })).status).toBe(400);
    expect((await ask('POST', `/api/v2/tables/${on.table.id}/records`, { Name: null })).status).toBe(422);
    const back = await patch('Name', { uidt: 'SingleLineText', unique: false });
    expect(columnOf(back.body, 'Name')).toMatchObject({ unique: false, rqd: true });
  });

  it('are not joined by a conversion that makes values equal', async () => {
    await fill('1', '01');
    await ok(patch('Name', { unique: true }));
    const answer = await patch('Name', { uidt: 'Number' });
    expect([answer.status, answer.body.error]).toEqual([422, 'ERR_COLUMN_OP_FAILED']);
    expect(await values()).toEqual(['1', '01']);
  });
});

describe('the choices of a select', () => {
  const choices = async () => columnOf(await reload(), 'State').colOptions.options;
  const fillStates = (...states: (string | null)[]) =>
    insert(
      ask,
      on.table.id,
      states.map((State) => ({ State })),
    );

  it.each(['SingleSelect', 'MultiSelect'])('of %s rename and remove values', async (uidt) => {
    await ok(
      add({
        title: 'State',
        uidt,
        colOptions: { options: [{ title: 'a' }, { title: 'b' }, { title: 'c' }] },
      }),
    );
    await fillStates('a', 'b', 'c', null);
    const [a, b] = await choices();
    // Swapped titles, one removed, one new.
    await ok(
      patch('State', {
        colOptions: { options: [{ ...a, title: 'b' }, { ...b, title: 'a' }, { title: 'd' }] },
      }),
    );
    expect(await values('State')).toEqual(['b', 'a', null, null]);
    expect((await choices()).map((choice: { title: string }) => choice.title)).toEqual(['b', 'a', 'd']);
    expect((await choices())[0].id).toBe(a.id);
  });

  it('stay when something else changes, and defaults follow them', async () => {
    await ok(add({ title: 'State', uidt: 'MultiSelect', dtxp: "'a','b'", cdf: 'a,b' }));
    const before = await choices();
    await ok(patch('State', { title: 'State', meta: { hint: 1 }, description: 'x' }));
    expect(await choices()).toEqual(before);
    await insert(ask, on.table.id, [{ State: ['a', 'b'] }]);
    await ok(patch('State', { colOptions: { options: [{ ...before[0], title: 'z' }] } }));
    expect(columnOf(await reload(), 'State').cdf).toBe('z');
    expect(await values('State')).toEqual(['z']);
  });

  it('name people, too: several do not fit into one', async () => {
    const me = await ok(ask('GET', '/api/v2/auth/user/me'));
    const friend = 'friend@example.org';
    await ok(ask('POST', `/api/v2/meta/bases/${on.baseId}/users`, { email: friend, roles: 'editor' }));
    await ok(add({ title: 'Who', uidt: 'User', meta: { is_multi: true }, cdf: me.email }));
    await reload();
    await insert(ask, on.table.id, [{ Name: 'a' }, { Who: `${me.email},${friend}` }, { Who: null }]);
    const refused = await patch('Who', { meta: { is_multi: false } });
    expect(refused.body).toMatchObject({ rejectedCount: 1, rejected: [{ key: '2' }] });
    await ok(ask('PATCH', `/api/v2/tables/${on.table.id}/records`, [{ Id: 2, Who: friend }]));
    await ok(patch('Who', { meta: { is_multi: false } }));
    expect(await values('Who')).toMatchObject([[{ id: me.id }], [{ email: friend }], null]);
  });
});
