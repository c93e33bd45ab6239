// The floor: a bare node:http server that runs the same statements in the fastest
// way known to us and nothing else. No routing table, no authentication, no
// validation, no metadata.
import { createServer } from 'node:http';

const [engine, target, tables] = [process.argv[2], process.argv[3], JSON.parse(process.argv[4])];
const { openFloor } = await import(`./floors/${engine}.mjs`);
const opened = await openFloor(target, tables);
const start = Buffer.from('{"list":');

function send(response, body) {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

function sendPage(response, bytes, total) {
  send(response, Buffer.concat([start, bytes, Buffer.from(`,"pageInfo":{"totalRows":${total}}}`)]));
}

async function insert(table, request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = JSON.parse(Buffer.concat(chunks).toString());
  const keys = await table.insert(Array.isArray(body) ? body : [body]);
  send(response, Buffer.from(JSON.stringify(Array.isArray(body) ? keys : keys[0])));
}

// Waits only for what is not there at once: an embedded database answers without a promise.
function answer(value, then) {
  if (value instanceof Promise) value.then(then);
  else then(value);
}

createServer((request, response) => {
  const [, index, action, first, second] = request.url.split('/');
  const table = opened[Number(index)];
  if (request.method === 'POST') insert(table, request, response);
  else if (action === 'record') answer(table.record(Number(first)), (bytes) => send(response, bytes));
  else if (action === 'page')
    answer(table.page(Number(first), Number(second)), (bytes) => sendPage(response, bytes, 0));
  else if (action === 'filtered')
    answer(table.filtered(first, Number(second)), ([bytes, total]) => sendPage(response, bytes, total));
  else answer(table.count(), (count) => send(response, Buffer.from(`{"count":${count}}`)));
}).listen(0, '127.0.0.1', function ready() {
  process.stdout.write(`${this.address().port}\n`);
});
