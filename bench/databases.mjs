// A database of its own for each run, on the engines that are there.
import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';
import pg from 'pg';

const postgres = process.env.ROWGATE_TEST_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432';
const maria = process.env.ROWGATE_TEST_MYSQL ?? 'mysql://root@127.0.0.1:3306';

async function onPostgres(statement) {
  const client = new pg.Client({ connectionString: `${postgres}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function onMysql(statement) {
  const client = await mysql.createConnection(maria);
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

const servers = { postgres: [onPostgres, postgres], mysql: [onMysql, maria] };

/** A new empty database: its address for NC_DB (undefined: embedded), and how to remove it; undefined when there is no server. */
export async function createDatabase(engine) {
  if (engine === 'sqlite') return { url: undefined, drop: async () => undefined };
  const [run, server] = servers[engine];
  const name = `rg_bench_${randomBytes(6).toString('hex')}`;
  try {
    await run(`create database ${name}`);
  } catch (error) {
    console.log(`\n${engine}: not measured, no server answers (${error.code ?? error.message})`);
    return undefined;
  }
  return { url: `${server}/${name}`, drop: () => run(`drop database ${name}`) };
}
