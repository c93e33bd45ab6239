import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import type { AnyColumnType } from '../../../columnTypes/columnType.ts';
import type { Base, Column, Table } from '../../core/model.ts';
import { listParameters } from '../parts/listParameters.ts';
import {
  oneOrMany,
  recordChange,
  recordCreate,
  recordKey,
  recordPage,
  recordRead,
} from '../parts/recordSchemas.ts';
import { type AnyRoute, inBase, route, type WireFormat } from '../route.ts';
import { describeBase } from './describeBase.ts';
import { describeInstance } from './describeInstance.ts';
import { renderBase } from './render.ts';

const run = () => ({});
const records = '/api/v2/tables/:tableId/records';
const data = (id: string, method: AnyRoute['method'], path: string, more: Partial<AnyRoute> = {}): AnyRoute =>
  route({
    id,
    method,
    paths: [path],
    summary: id,
    tag: 'Records',
    access: inBase('dataList'),
    target: 'table',
    perTable: true,
    reply: recordRead,
    run,
    ...more,
  });
const byName = '/api/v1/db/data/:orgs/:base/:table';

const routes: readonly AnyRoute[] = [
  data('list', 'GET', records, { query: listParameters, reply: recordPage }),
  data('create', 'POST', records, {
    access: inBase('dataInsert'),
    body: oneOrMany(recordCreate),
    reply: oneOrMany(recordKey),
  }),
  data('update', 'PATCH', records, {
    access: inBase('dataUpdate'),
    body: oneOrMany(recordChange),
    reply: oneOrMany(recordKey),
  }),
  data('delete', 'DELETE', records, {
    access: inBase('dataDelete'),
    body: oneOrMany(recordKey),
    reply: oneOrMany(recordKey),
  }),
  data('read', 'GET', `${records}/:rowId`),
  data('count', 'GET', `${records}/count`, { reply: Type.Object({ count: Type.Integer() }) }),
  data('named-list', 'GET', byName, { target: 'named', reply: recordPage }),
  data('named-view', 'GET', `${byName}/views/:view`, { target: 'named', reply: recordPage }),
  data('meta', 'GET', '/api/v2/meta/tables/:tableId', { perTable: false }),
];
const format: WireFormat = { name: 'v2', prefix: '/api/v2/', routes, encodeError: () => ({}) };

const type = (name: string, storage: 'text' | 'integer', filledBy: AnyColumnType['filledBy'] = 'caller') =>
  ({
    name,
    storage,
    filledBy,
    schema: () => (storage === 'text' ? { type: 'string' } : { type: 'integer' }),
  }) as unknown as AnyColumnType;

function column(title: string, more: Partial<Column> = {}): Column {
  const of = more.type ?? type('SingleLineText', 'text');
  return {
    id: `c_${title}`,
    title,
    name: title,
    type: of,
    storage: of.storage,
    options: {},
    key: false,
    autoIncrement: false,
    required: false,
    unique: false,
    system: false,
    defaultValue: null,
    description: null,
    ...more,
  } as Column;
}

function table(id: string, title: string, columns: readonly Column[]): Table {
  return {
    id,
    title,
    description: null,
    columns,
    key: columns.filter((c) => c.key),
    views: [{ id: `vw_${id}` }],
  } as unknown as Table;
}

const id = () => column('Id', { key: true, autoIncrement: true, type: type('ID', 'integer', 'key') });
const base = (...tables: Table[]): Base => ({ id: 'p1', title: 'Shop', tables }) as unknown as Base;
const options = { version: '2.0', publicUrl: null, lists: 'text' as const, mayUse: () => true };

const validator = new Validator();
async function problemsOf(document: unknown): Promise<unknown> {
  const result = await validator.validate(JSON.parse(JSON.stringify(document)));
  return result.valid ? [] : result.errors;
}

const operationsOf = (document: { paths: object }) =>
  Object.values(document.paths).flatMap((item) =>
    Object.values(item as Record<string, { operationId: string }>),
  );

describe('the document of a base', () => {
  const shop = base(
    table('m1', 'My Tbl', [
      id(),
      column('Name', { required: true }),
      column('note'),
      column('nc_order', { system: true }),
    ]),
    table('m2', 'Größe', [column('code', { key: true }), column('kind', { key: true })]),
  );
  const document = describeBase(format, shop, options);

  it('is valid OpenAPI 3.1', async () => expect(await problemsOf(document)).toEqual([]));

  it('has one path a table, with literal ids', () => {
    expect(Object.keys(document.paths)).toEqual([
      '/api/v2/tables/m1/records',
      '/api/v2/tables/m1/records/{rowId}',
      '/api/v2/tables/m1/records/count',
      '/api/v1/db/data/v1/p1/m1',
      '/api/v1/db/data/v1/p1/m1/views/{view}',
      '/api/v2/tables/m2/records',
      '/api/v2/tables/m2/records/{rowId}',
      '/api/v2/tables/m2/records/count',
      '/api/v1/db/data/v1/p1/m2',
      '/api/v1/db/data/v1/p1/m2/views/{view}',
    ]);
  });

  it('names operations uniquely and safely', () => {
    const ids = operationsOf(document).map((operation) => operation.operationId);
    expect(ids.slice(0, 8)).toEqual([
      'my_tbl-db-table-row-list',
      'my_tbl-db-table-row-create',
      'my_tbl-db-table-row-update',
      'my_tbl-db-table-row-delete',
      'my_tbl-db-table-row-read',
      'my_tbl-db-table-row-count',
      'my_tbl-db-table-row-list-2',
      'my_tbl-db-view-row-list',
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('describes records by the columns of the table', () => {
    const { schemas } = document.components;
    expect(schemas.My_TblResponse).toEqual({
      type: 'object',
      properties: {
        Id: { type: 'integer', description: 'ID. Primary key. Filled by the server.', readOnly: true },
        Name: { type: ['string', 'null'], description: 'SingleLineText.' },
        note: { type: ['string', 'null'], description: 'SingleLineText.' },
      },
    });
    expect(schemas.My_TblRequest).toMatchObject({
      properties: { Name: { type: 'string' } },
      required: ['Name'],
    });
    expect(schemas.My_TblUpdateRequest).toMatchObject({
      properties: { Id: {}, Name: {}, note: {} },
      required: ['Id'],
    });
    expect(schemas.Gro_eIdRequest).toMatchObject({ required: ['code', 'kind'] });
    const list = document.paths['/api/v2/tables/m1/records']?.get;
    expect(JSON.stringify(list?.responses['200'])).toContain('#/components/schemas/My_TblResponse');
    expect(JSON.stringify(document)).not.toContain('x-record');
  });

  it('documents credentials, servers and errors', () => {
    expect(document.security).toEqual([{ xcToken: [] }, { xcAuth: [] }, { bearerAuth: [] }]);
    expect(document.servers[0]).toMatchObject({ url: '/' });
    const statuses = Object.keys(document.paths['/api/v2/tables/m1/records']?.post?.responses ?? {});
    expect(statuses).toEqual(
      expect.arrayContaining(['200', '400', '401', '403', '404', '413', '422', '429']),
    );
  });

  it('leaves out what the caller may not do', () => {
    const reading = describeBase(format, shop, {
      ...options,
      mayUse: (r) => r.access.kind === 'base' && r.access.verb === 'dataList',
    });
    expect(Object.keys(reading.paths['/api/v2/tables/m1/records'] ?? {})).toEqual(['get']);
    expect(renderBase(format, shop, { ...options, mayUse: () => false }).etag).not.toBe(
      renderBase(format, shop, options).etag,
    );
    expect(renderBase(format, shop, options)).toBe(renderBase(format, shop, options));
  });

  it('is valid for tables and columns of any name', async () => {
    const titles = fc.oneof(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.constantFrom('A', 'a', 'AId', '__proto__', 'constructor', '/', '{x}', 'é', '表', 'Error'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(titles, fc.uniqueArray(titles, { maxLength: 3 })), { maxLength: 6 }),
        async (tables) => {
          const made = describeBase(
            format,
            base(
              ...tables.map(([title, names], i) =>
                table(`m${i}`, title, [id(), ...names.map((n) => column(n))]),
              ),
            ),
            options,
          );
          expect(await problemsOf(made)).toEqual([]);
          const ids = operationsOf(made).map((operation) => operation.operationId);
          expect(new Set(ids).size).toBe(ids.length);
          for (const operationId of ids) expect(encodeURIComponent(operationId)).toBe(operationId);
          expect(Object.keys(made.components.schemas)).toHaveLength(1 + tables.length * 4);
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it('is written once for a base of 500 tables', () => {
    const tables = Array.from({ length: 500 }, (_, i) =>
      table(`m${i}`, `Table ${i}`, [id(), ...Array.from({ length: 20 }, (_v, j) => column(`Field ${j}`))]),
    );
    const { bytes } = renderBase(format, base(...tables), options);
    expect(bytes.length).toBeGreaterThan(100_000);
    expect(bytes.length).toBeLessThan(10_000_000);
  });
});

describe('the document of an instance', () => {
  it('is valid and holds every route', async () => {
    const twin = data('twin', 'POST', '/api/v2/tables/:other/records/:id', {
      target: 'table',
      perTable: false,
    });
    const document = describeInstance([{ ...format, routes: [...routes, twin] }], {
      publicUrl: 'http://data.example:8080',
    });
    expect(await problemsOf(document)).toEqual([]);
    expect(
      operationsOf(document)
        .map((operation) => operation.operationId)
        .sort(),
    ).toEqual([...routes, twin].map((r) => r.id).sort());
    expect(document.paths['/api/v2/tables/{tableId}/records/{rowId}']?.post).toBeDefined();
    expect(document.servers[1]).toMatchObject({
      variables: { scheme: { default: 'http' }, host: { default: 'data.example:8080' } },
    });
  });
});
