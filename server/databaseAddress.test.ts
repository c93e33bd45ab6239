import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InvalidConfig, readConfig } from './config.ts';
import { databaseAddress } from './databaseAddress.ts';

const server = {
  host: 'db.example.org',
  user: 'ann',
  password: 'pa ss',
  database: 'data',
  schema: null,
  tls: false,
};
const postgres = { ...server, engine: 'postgres', port: 5432 };
const mysql = { ...server, engine: 'mysql', port: 3306 };

describe('the address of the database', () => {
  it.each([
    ['postgres://ann:pa%20ss@db.example.org:5432/data', postgres],
    ['postgresql://ann:pa%20ss@db.example.org/data', postgres],
    ['pg://db.example.org:5432?u=ann&p=pa%20ss&d=data', postgres],
    ['PG://db.example.org:5432/?u=ann&p=pa%20ss&d=data', postgres],
    ['mysql://ann:pa%20ss@db.example.org/data', mysql],
    ['mysql2://db.example.org:3306?u=ann&p=pa%20ss&d=data', mysql],
    ['mariadb://ann:pa%20ss@db.example.org:80/data', { ...mysql, port: 80 }],
    ['postgres://ann@[::1]:6000/data', { ...postgres, host: '::1', port: 6000, password: '' }],
    [
      'postgres://ann:%40%2F%3F%23%25@h/d%2Fe',
      { ...postgres, host: 'h', password: '@/?#%', database: 'd/e' },
    ],
    [
      'postgres:///data?host=/var/run/postgresql&user=ann&schema=own',
      { ...postgres, host: '/var/run/postgresql', password: '', schema: 'own' },
    ],
    [
      'postgres://ann:pa%20ss@db.example.org/data?sslmode=require',
      { ...postgres, tls: { rejectUnauthorized: false } },
    ],
    [
      'mysql://ann:pa%20ss@db.example.org/data?sslmode=verify-full',
      { ...mysql, tls: { rejectUnauthorized: true } },
    ],
    ['sqlite:./a b.db', { engine: 'sqlite', path: './a b.db' }],
    ['sqlite:///srv/a.db', { engine: 'sqlite', path: '/srv/a.db' }],
    ['file:a.db', { engine: 'sqlite', path: 'a.db' }],
    ['data/a.db', { engine: 'sqlite', path: 'data/a.db' }],
  ])('%s', (text, wanted) => {
    expect(databaseAddress(text)).toEqual(wanted);
  });

  it('reads the certificates that it names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rowgate-ca-'));
    const file = join(folder, 'ca.pem');
    writeFileSync(file, 'PEM');
    expect(databaseAddress(`postgres://a@h/d?sslmode=require&sslrootcert=${file}`)).toMatchObject({
      tls: { rejectUnauthorized: true, ca: 'PEM' },
    });
    rmSync(folder, { recursive: true });
    expect(() => databaseAddress(`postgres://a@h/d?sslmode=require&sslrootcert=${file}`)).toThrow(
      'sslrootcert',
    );
  });

  it.each([
    ['postgres://ann:hush@h', 'names no database'],
    ['postgres://h/data', 'names no user'],
    ['postgres://ann:hu/sh@h/data', 'written as %40'],
    ['postgres:ann:hush@h/data', 'is not an address'],
    ['postgres://ann:hu%sh@h/data', 'percent-encoded'],
    ['postgres://ann:hush@h:99999/data', 'is not an address'],
    ['postgres://ann:hush@h/data?sslmode=prefer', 'sslmode'],
    ['postgres://ann:hush@h/data?pool=3', "'pool'"],
    ['mssql://ann:hush@h/data', 'kind of database'],
    ['sqlite:', 'sqlite:<path of a file>'],
    [':memory:', 'sqlite:<path of a file>'],
  ])('%s is refused without its password', (text, reason) => {
    const read = () => readConfig({ NC_DB: text });
    expect(read).toThrow(InvalidConfig);
    expect(read).toThrow(reason);
    try {
      read();
    } catch (error) {
      expect(String(error)).not.toMatch(/hu.?sh/);
    }
  });

  it('comes with what a process may use of a server', () => {
    const env = {
      NC_DB: 'postgres://ann@h/data',
      ROWGATE_DB_CONNECTIONS: '4',
      ROWGATE_DB_READ_TIMEOUT: '5s',
    };
    expect(readConfig(env).database).toMatchObject({
      engine: 'postgres',
      settings: { host: 'h', database: 'data', connections: 4, readTimeout: 5000 },
    });
  });
});
