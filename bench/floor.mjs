// The floor: a bare node:http server that does the same prepared SQLite
// statements in the fastest way known to us and nothing else. No routing table,
// no authentication, no validation, no metadata.
import { createServer } from 'node:http';
import Database from 'better-sqlite3';

const [path, tables] = [process.argv[2], JSON.parse(process.argv[3])];
const db = new Database(path);
db.pragma('journal_mode = wal');
db.pragma('synchronous = normal');
db.pragma('mmap_size = 268435456');

const quote = (name) => `"${name.replaceAll('"', '""')}"`;
const text = (name) => `'${name.replaceAll("'", "''")}'`;

/** Statements of one table: `columns` are [title, name, kind]. */
function prepare({ name, columns }) {
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
  return {
    record: db
      .prepare(`select cast(json_object(${json}) as blob) from ${quote(name)} where "Id" = ?`)
      .pluck(),
    page: page('order by "Id" limit 0 + ? offset 0 + ?'),
    filtered: page(
      `where ${quote(group)} = ? order by cast(${quote(amount)} as real) desc, "Id" limit 0 + ? offset 0 + ?`,
    ),
    count: db.prepare(`select count(*) from ${quote(name)}`).pluck(),
    countFiltered: db.prepare(`select count(*) from ${quote(name)} where ${quote(group)} = ?`).pluck(),
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

const prepared = tables.map(prepare);
const start = Buffer.from('{"list":');

function send(response, body) {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

function sendPage(response, bytes, total) {
  send(response, Buffer.concat([start, bytes, Buffer.from(`,"pageInfo":{"totalRows":${total}}}`)]));
}

createServer((request, response) => {
  const [, index, action, first, second] = request.url.split('/');
  const table = prepared[Number(index)];
  if (request.method === 'POST') {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString());
      const keys = table.insert(Array.isArray(body) ? body : [body]);
      send(response, Buffer.from(JSON.stringify(Array.isArray(body) ? keys : keys[0])));
    });
    return;
  }
  if (action === 'record') send(response, table.record.get(Number(first)));
  else if (action === 'page') sendPage(response, table.page.get(Number(first), Number(second)), 0);
  else if (action === 'filtered') {
    sendPage(response, table.filtered.get(first, Number(second), 0), table.countFiltered.get(first));
  } else send(response, Buffer.from(`{"count":${table.count.get()}}`));
}).listen(0, '127.0.0.1', function ready() {
  process.stdout.write(`${this.address().port}\n`);
});
