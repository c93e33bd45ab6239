// Named statements on pipelined connections; rows become JSON inside the database.
import pg from 'pg';

const quote = (name) => `"${name.replaceAll('"', '""')}"`;
const text = (name) => `'${name.replaceAll("'", "''")}'`;

function prepare(ask, { name, columns }) {
  const table = quote(`floor ${name}`);
  const json = `json_build_object(${columns.map(([title, column]) => `${text(title)}, ${quote(column)}`).join(', ')})`;
  const [group, amount, label, done, id] = ['Group', 'Amount', 'Name', 'Done', 'Id'].map((title) =>
    quote(columns.find((column) => column[0] === title)[1]),
  );
  const page = (rest) =>
    `select coalesce(json_agg(${json}), '[]')::text from (select * from ${table} ${rest}) as page`;
  const one = async (statement, values) => (await ask(statement, values)).rows[0][0];
  const bytes = async (statement, values) => Buffer.from(await one(statement, values));
  return {
    record: (key) => bytes(`select ${json}::text from ${table} where ${id} = $1`, [key]),
    page: (limit, offset) => bytes(page(`order by ${id} limit $1 offset $2`), [limit, offset]),
    filtered: (value, limit) =>
      Promise.all([
        bytes(page(`where ${group} = $1 order by ${amount} desc, ${id} limit $2`), [value, limit]),
        one(`select count(*) from ${table} where ${group} = $1`, [value]),
      ]),
    count: () => one(`select count(*) from ${table}`, []),
    async insert(rows) {
      const answer = await ask(
        `insert into ${table} (${label}, ${group}, ${amount}, ${done}) select * from unnest($1::text[], $2::text[], $3::numeric[], $4::boolean[]) returning ${id}`,
        ['Name', 'Group', 'Amount', 'Done'].map((title) => rows.map((row) => row[title])),
      );
      return answer.rows.map(([Id]) => ({ Id: Number(Id) }));
    },
  };
}

export async function openFloor(url, tables) {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const names = new Map();
  const ask = (statement, values) => {
    if (!names.has(statement)) names.set(statement, `floor${names.size}`);
    return pool.query({ name: names.get(statement), text: statement, values, rowMode: 'array' });
  };
  for (const { name, columns } of tables) {
    const id = columns.find((column) => column[0] === 'Id')[1];
    const [copy, own] = [quote(`floor ${name}`), quote(name)];
    await pool.query(`create table ${copy} (like ${own} including all)`);
    await pool.query(`insert into ${copy} select * from ${own}`);
    await pool.query(
      `select setval(pg_get_serial_sequence($1, $2), (select max(${quote(id)}) from ${copy}))`,
      [copy, id],
    );
  }
  await pool.query('vacuum analyze');
  return tables.map((table) => prepare(ask, table));
}
