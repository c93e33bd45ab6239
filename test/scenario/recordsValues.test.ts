import { beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { createTestTable, query, type TestOwner, type TestTable } from '../support/records.ts';

const password = 'a long enough password';
let app: TestApp;
let owner: TestOwner;

beforeAll(async () => {
  app = await startApp();
  owner = await app.signUp('owner@example.org', password);
});

/** Sessions end when the clock moves far. */
async function signInAgain(): Promise<void> {
  const body = { email: owner.email, password };
  const answer = await app.inject({ method: 'POST', path: '/api/v2/auth/user/signin', body });
  Object.assign(owner, { jwt: answer.body.token });
}

describe('big numbers survive insert, filter, sort and read', () => {
  const integers = ['9007199254740993', '9007199254740992', '-9223372036854775808', '9223372036854775807'];
  const decimals = [
    '0.1',
    '123456789012345678901234567890.123456789',
    '123456789012345678901234567890.12345678',
    '-0.00000000000000000001',
  ];
  let t: TestTable;

  beforeAll(async () => {
    t = await createTestTable(
      app,
      [
        { title: 'N', uidt: 'Number' },
        { title: 'D', uidt: 'Decimal' },
      ],
      { owner },
    );
    // raw JSON numbers and texts mean the same
    const rows = integers.map(
      (n, i) => `{"N":${i % 2 === 0 ? n : `"${n}"`},"D":${i % 2 === 0 ? `"${decimals[i]}"` : decimals[i]}}`,
    );
    const made = await t.send('POST', `/api/v2/tables/${t.id}/records`, `[${rows.join(',')}]`);
    expect(made.status, made.text).toBe(200);
  });

  it.each(integers)('integer %s', async (n) => {
    const answer = await t.records('GET', query({ where: `(N,eq,${n})` }));
    expect(answer.body.list).toHaveLength(1);
    expect(String(answer.body.list[0].N)).toBe(n);
    expect((await t.records('GET', `/${answer.body.list[0].Id}`)).body.N).toBe(n);
  });

  it.each(decimals)('decimal %s', async (d) => {
    const answer = await t.records('GET', query({ where: `(D,eq,${d})` }));
    expect(answer.body.list).toHaveLength(1);
    const value = answer.body.list[0].D;
    expect(typeof value === 'number' ? value : BigInt(value.replace('.', '').replace('-0', '-'))).toBe(
      d === '0.1' || d.startsWith('-')
        ? typeof value === 'number'
          ? Number(d)
          : value
        : BigInt(d.replace('.', '')),
    );
    if (typeof value === 'string') expect(value).toBe(d);
  });

  it('in exact order', async () => {
    const up = (await t.records('GET', '?sort=N')).body.list.map((row: { N: string }) => BigInt(row.N));
    expect(up).toEqual([...up].sort((a: bigint, b: bigint) => (a < b ? -1 : 1)));
    const d = (await t.records('GET', '?sort=-D')).body.list.map((row: { D: unknown }) => String(row.D));
    expect(d.slice(0, 3)).toEqual([decimals[1], decimals[2], '0.1']);
  });

  it('and compare exactly', async () => {
    expect((await t.records('GET', '/count?where=(N,gt,9007199254740992)')).body.count).toBe(2);
    expect(
      (await t.records('GET', '/count?where=(D,gt,123456789012345678901234567890.12345678)')).body.count,
    ).toBe(1);
  });
});

describe('people', () => {
  it('are read with name and address and written by id, address or object', async () => {
    const t = await createTestTable(
      app,
      [
        { title: 'Who', uidt: 'User' },
        { title: 'All', uidt: 'User', meta: { is_multi: true } },
        { title: 'By', uidt: 'CreatedBy' },
        { title: 'Last', uidt: 'LastModifiedBy' },
      ],
      { owner },
    );
    const person = { id: owner.userId, email: owner.email, display_name: null, meta: null };
    const made = await t.records('POST', '', [
      { Who: owner.userId },
      { Who: owner.email.toUpperCase() },
      { Who: { id: owner.userId } },
      { All: [{ email: owner.email }] },
      {},
    ]);
    expect(made.status, made.text).toBe(200);
    const rows = (await t.records('GET', '?sort=Id')).body.list;
    for (const row of rows.slice(0, 3)) expect(row.Who).toEqual([person]);
    expect(rows[3].All).toEqual([person]);
    expect(rows[4]).toMatchObject({ Who: null, All: null, By: person, Last: null });
    await t.records('PATCH', '', { Id: 5, Who: owner.email });
    expect((await t.records('GET', '/5')).body).toMatchObject({ Who: [person], Last: person });
    expect((await t.records('GET', `/count?where=(Who,anyof,${owner.userId})`)).body.count).toBe(4);
    const stranger = await t.records('POST', '', { Who: 'stranger@example.org' });
    expect([stranger.status, stranger.body.msg]).toEqual([
      422,
      expect.stringContaining('stranger@example.org'),
    ]);
    expect((await t.records('POST', '', { By: owner.userId })).status).toBe(400);
    expect((await t.data('GET', '/groupby?column_name=Who')).body.list[1]).toEqual({
      count: 4,
      Who: [person],
    });
  });
});

describe('filled by the server', () => {
  it('times, numbers and identifiers', async () => {
    const t = await createTestTable(
      app,
      [
        { title: 'Made', uidt: 'CreatedTime' },
        { title: 'Changed', uidt: 'LastModifiedTime' },
        { title: 'Uid', uidt: 'UUID' },
        { title: 'No', uidt: 'AutoNumber' },
        { title: 'A', uidt: 'SingleLineText' },
      ],
      { owner },
    );
    await t.records('POST', '', [{ A: 'x' }, { A: 'y' }]);
    await t.records('POST', '', { A: 'z' });
    const rows = (await t.records('GET', '?sort=Id')).body.list;
    expect(rows.map((row: { No: number }) => row.No)).toEqual([1, 2, 3]);
    expect(new Set(rows.map((row: { Uid: string }) => row.Uid)).size).toBe(3);
    expect(rows[0].Uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(rows[0]).toMatchObject({ Changed: null, UpdatedAt: null });
    expect(rows[0].Made).toBe(rows[0].CreatedAt);
    app.advance(5000);
    await t.records('PATCH', '', { Id: 1, A: 'xx' });
    const changed = (await t.records('GET', '/1')).body;
    expect(changed.Made).toBe(rows[0].Made);
    expect(changed.Changed).toBe(changed.UpdatedAt);
    expect(changed.Changed > changed.Made).toBe(true);
    for (const key of ['Made', 'Changed', 'Uid', 'No']) {
      const refused = await t.records('PATCH', '', { Id: 1, [key]: null });
      expect([refused.status, refused.body.msg]).toEqual([
        400,
        `Column "${key}" is auto generated and cannot be updated`,
      ]);
    }
  });
});

describe('filters by type', () => {
  let t: TestTable;
  const rows = [
    { T: 'Alpha', N: 1, C: true, D: '2024-01-15', M: '2024-01-15T10:00:00Z', S: 'red', X: 'a,b', H: '10:00' },
    { T: 'beta', N: 2, C: false, D: '2024-02-15', M: '2024-02-15T10:00:00Z', S: 'blue', X: 'b', H: '11:00' },
    { T: '', N: 3, C: null, D: null, M: null, S: null, X: null, H: null },
    { T: null, N: null, C: true, D: '2025-01-01', M: '2025-01-01T00:00:00Z', S: 'red', X: 'a', H: '12:00' },
  ];

  beforeAll(async () => {
    const two = (a: string, b: string) => ({ colOptions: { options: [{ title: a }, { title: b }] } });
    t = await createTestTable(
      app,
      [
        { title: 'T', uidt: 'SingleLineText' },
        { title: 'N', uidt: 'Number' },
        { title: 'C', uidt: 'Checkbox' },
        { title: 'D', uidt: 'Date' },
        { title: 'M', uidt: 'DateTime' },
        { title: 'S', uidt: 'SingleSelect', ...two('red', 'blue') },
        { title: 'X', uidt: 'MultiSelect', ...two('a', 'b') },
        { title: 'H', uidt: 'Time' },
      ],
      { owner },
    );
    expect((await t.records('POST', '', rows)).status).toBe(200);
  });

  it.each([
    ['(T,eq,Alpha)', [1]],
    ['(T,eq,alpha)', []],
    ['(T,neq,Alpha)', [2, 3, 4]],
    ['(T,like,ALP)', [1]],
    ['(T,nlike,alp)', [2, 3, 4]],
    ['(T,blank)', [3, 4]],
    ['(T,null)', [4]],
    ['(T,is,null)', [4]],
    ['(T,isnot,null)', [1, 2, 3]],
    ['(T,in,Alpha,beta)', [1, 2]],
    ['(N,gt,1)', [2, 3]],
    ['(N,is,null)', [4]],
    ['(N,isnot,null)', [1, 2, 3]],
    ['(N,in,1,3)', [1, 3]],
    ['(C,checked)', [1, 4]],
    ['(C,notchecked)', [2, 3]],
    ['(D,eq,exactDate,2024-01-15)', [1]],
    ['(D,gt,exactDate,2024-01-15)', [2, 4]],
    ['(D,is,null)', [3]],
    ['(D,isnot,null)', [1, 2, 4]],
    ['(M,lt,exactDate,2024-02-01)', [1]],
    ['(S,anyof,red)', [1, 4]],
    ['(S,nanyof,red)', [2, 3]],
    ['(X,allof,a,b)', [1]],
    ['(X,anyof,a)', [1, 4]],
    ['(X,nallof,a,b)', [2, 3, 4]],
    ['(H,btw,10:30,12:00)', [2, 4]],
    ['~not(N,eq,1)', [2, 3]],
    ['~not((N,eq,1)~or(N,eq,2))', [3]],
    ['(N,eq,1)~or(N,eq,2)~and(C,checked)', [1]],
    ['((N,eq,1)~or(N,eq,2))~and(C,notchecked)', [2]],
    ['@("T",eq,"beta")', [2]],
    ['(CreatedAt,isWithin,pastWeek)', [1, 2, 3, 4]],
    ['(CreatedAt,gt,tomorrow)', []],
    ['', [1, 2, 3, 4]],
  ])('%s', async (where, ids) => {
    const answer = await t.records('GET', query({ where, fields: 'Id', sort: 'Id' }));
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.list.map((row: { Id: number }) => row.Id)).toEqual(ids);
    expect(answer.body.pageInfo.totalRows).toBe(ids.length);
  });

  it('a filter about today means another day tomorrow', async () => {
    const where = query({ where: '(CreatedAt,eq,today)' });
    expect((await t.records('GET', where)).body.pageInfo.totalRows).toBe(4);
    app.advance(2 * 86_400_000);
    await signInAgain();
    expect((await t.records('GET', where)).body.pageInfo.totalRows).toBe(0);
    expect((await t.records('GET', `/count${where}`)).body.count).toBe(0);
  });

  it('a filter as JSON joins the others', async () => {
    const id = t.wire.columns.find((c: { title: string }) => c.title === 'N').id;
    const filterArrJson = JSON.stringify([{ fk_column_id: id, comparison_op: 'gt', value: 1 }]);
    const answer = await t.records('GET', query({ filterArrJson, where: '(C,notchecked)', fields: 'Id' }));
    expect(answer.body.list).toEqual([{ Id: 2 }, { Id: 3 }]);
    const sortArrJson = JSON.stringify([{ fk_column_id: id, direction: 'desc' }]);
    expect((await t.records('GET', query({ sortArrJson, fields: 'Id', limit: 1 }))).body.list).toEqual([
      { Id: 3 },
    ]);
  });
});
