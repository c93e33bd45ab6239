// Prepared SQLite statements; rows become JSON inside the database.
import Database from 'better-sqlite3';

const quote = (name) => `"${name.replaceAll('"', '""')}"`;
const text = (name) => `'${name.replaceAll("'", "''")}'`;

/** Statements of one table: `columns` are [title, name, kind]. */
function prepare(db, { name, columns }) {
  const json = columns
    .map(([title, column, kind]) => {
      const sql = quote(column);
      const value =
        kind === 'boolean' ? `json(iif(${sql},'true','false'))` : kind === 'decimal' ? `json(${sql})` : sql;
      return `${text(title)},${value}`;
    })
    .join(',');
  const names = columns.map(([, column]) => quote(column)).join(',');
  const page = (rest) =>
    db
      .prepare(
        `select cast(json_group_array(json_object(${json})) as blob) from (select ${names} from ${quote(name)} ${rest})`,
      )
      .pluck();
  const [group, amount, label, done] = ['Group', 'Amount', 'Name', 'Done'].map(
    (title) => columns.find((column) => column[0] === title)[1],
  );
  const created = columns.find((column) => column[0] === 'CreatedAt')[1];
  const insert = db.prepare(
    `insert into ${quote(name)} (${[label, group, amount, done, created].map(quote).join(',')}) values (?,?,?,?,?)`,
  );
  const record = db
    .prepare(`select cast(json_object(${json}) as blob) from ${quote(name)} where "Id" = ?`)
    .pluck();
  const plain = page('order by "Id" limit 0 + ? offset 0 + ?');
  const filtered = page(
    `where ${quote(group)} = ? order by cast(${quote(amount)} as real) desc, "Id" limit 0 + ? offset 0 + ?`,
  );
  const count = db.prepare(`select count(*) from ${quote(name)}`).pluck();
  const countFiltered = db.prepare(`select count(*) from ${quote(name)} where ${quote(group)} = ?`).pluck();
  return {
    record: (id) => record.get(id),
    page: (limit, offset) => plain.get(limit, offset),
    filtered: (value, limit) => [filtered.get(value, limit, 0), countFiltered.get(value)],
    count: () => count.get(),
    insert: db.transaction((rows) =>
      rows.map((row) => ({
        Id: Number(
          insert.run(row.Name, row.Group, String(row.Amount), row.Done ? 1 : 0, '2026-01-01 00:00:00+00:00')
            .lastInsertRowid,
        ),
      })),
    ),
  };
}

export async function openFloor(path, tables) {
  const db = new Database(path);
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = normal');
  db.pragma('mmap_size = 268435456');
  return tables.map((table) => prepare(db, table));
}
