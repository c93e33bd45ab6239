import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { formats } from '../../server/api/index.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { checkResponse, findDocumentedRoute, instanceDocument } from '../support/openapi.ts';
import { createTestTable, type TestTable } from '../support/records.ts';

const validator = new Validator();

async function problemsOf(document: unknown): Promise<unknown> {
  const result = await validator.validate(JSON.parse(JSON.stringify(document)));
  return result.valid ? [] : result.errors;
}

let app: TestApp;
let table: TestTable & { owner: { jwt: string } };
let viewer: { jwt: string };

beforeAll(async () => {
  app = await startApp();
  table = await createTestTable(
    app,
    [
      { title: 'Name', uidt: 'SingleLineText', rqd: true },
      { title: 'Price', uidt: 'Decimal' },
      {
        title: 'Kind',
        uidt: 'SingleSelect',
        colOptions: { options: [{ title: 'tea' }, { title: 'coffee' }] },
      },
    ],
    { title: 'My Tbl' },
  );
  const other = await app.signUp('viewer@example.org');
  viewer = other;
  const invited = await table.send('POST', `/api/v2/meta/bases/${table.baseId}/users`, {
    email: 'viewer@example.org',
    roles: 'viewer',
  });
  expect(invited.status).toBe(200);
});

const addresses = () => [
  `/api/v2/meta/bases/${table.baseId}/swagger.json`,
  `/api/v1/db/meta/projects/${table.baseId}/swagger.json`,
];

describe('the document of a base', () => {
  test('is valid OpenAPI 3.1 in every version', async () => {
    for (const path of addresses()) {
      const { body, status } = await app.inject({ method: 'GET', path, jwt: table.owner.jwt });
      expect(status).toBe(200);
      expect(body.openapi).toBe('3.1.0');
      expect(await problemsOf(body)).toEqual([]);
    }
  });

  test('names every data route of the table, its columns, and both headers', async () => {
    const { body } = await app.inject({ method: 'GET', path: addresses()[0] ?? '', jwt: table.owner.jwt });
    const path = body.paths[`/api/v2/tables/${table.id}/records`];
    expect(Object.keys(path).sort()).toEqual(['delete', 'get', 'patch', 'post']);
    expect(path.get.operationId).toBe('my_tbl-db-table-row-list');
    expect(body.tags).toEqual([{ name: 'My Tbl' }]);
    expect(Object.keys(body.components.schemas.My_TblResponse.properties)).toEqual(
      expect.arrayContaining(['Id', 'Name', 'Price', 'Kind', 'CreatedAt', 'UpdatedAt']),
    );
    expect(body.components.schemas.My_TblRequest.required).toEqual(['Name']);
    expect(body.components.securitySchemes).toMatchObject({
      xcToken: { in: 'header', name: 'xc-token' },
      xcAuth: { in: 'header', name: 'xc-auth' },
    });
  });

  test('shows a viewer what a viewer may do', async () => {
    const [path = ''] = addresses();
    const mine = await app.inject({ method: 'GET', path, jwt: viewer.jwt });
    expect(Object.keys(mine.body.paths[`/api/v2/tables/${table.id}/records`])).toEqual(['get']);
    const owners = await app.inject({ method: 'GET', path, jwt: table.owner.jwt });
    expect(mine.headers.etag).not.toBe(owners.headers.etag);
  });

  test('is sent again only when it has changed', async () => {
    const [path = ''] = addresses();
    const ask = (etag: string) =>
      app.inject({ method: 'GET', path, jwt: table.owner.jwt, headers: { 'if-none-match': etag } });
    const etag = String((await ask('"none"')).headers.etag);
    const again = await ask(etag);
    expect([again.status, again.text]).toEqual([304, '']);
    const created = await table.send('POST', `/api/v2/meta/tables/${table.id}/columns`, {
      title: 'Note',
      uidt: 'LongText',
    });
    expect(created.status).toBe(200);
    const changed = await ask(etag);
    expect(changed.status).toBe(200);
    expect(changed.body.components.schemas.My_TblResponse.properties.Note).toBeDefined();
  });

  test('describes the values of every type as they are answered', async () => {
    const values: Record<string, unknown> = {
      SingleLineText: 'a',
      LongText: 'a\nb',
      Number: '9223372036854775807',
      Decimal: '-0.5',
      Currency: 3.5,
      Percent: 10,
      Duration: 3600,
      Rating: 3,
      Checkbox: true,
      Date: '2024-05-31',
      DateTime: '2024-05-31T14:30:00Z',
      Time: '14:30',
      Year: 2024,
      Email: 'a@example.org',
      URL: 'https://example.org',
      PhoneNumber: '+41 44 000 00 00',
      SingleSelect: 'tea',
      MultiSelect: 'tea,coffee',
      JSON: { a: [1] },
      GeoData: '47.4;8.5',
      Colour: '#ff0000',
      User: 'viewer@example.org',
    };
    const filled = ['CreatedTime', 'LastModifiedTime', 'CreatedBy', 'LastModifiedBy', 'UUID', 'AutoNumber'];
    const options = [{ title: 'tea' }, { title: 'coffee' }];
    const columns = [...Object.keys(values), ...filled].map((uidt) => ({
      title: `a ${uidt}`,
      uidt,
      ...(uidt.endsWith('Select') ? { colOptions: { options } } : {}),
    }));
    const created = await table.send('POST', `/api/v2/meta/bases/${table.baseId}/tables`, {
      title: 'Every type',
      columns,
    });
    expect(created.status, created.text).toBe(200);
    const records = `/api/v2/tables/${created.body.id}/records`;
    const full = Object.fromEntries(Object.entries(values).map(([type, value]) => [`a ${type}`, value]));
    const inserted = await table.send('POST', records, [full, {}]);
    expect(inserted.status, inserted.text).toBe(200);

    const { body: document } = await app.inject({
      method: 'GET',
      path: addresses()[0] ?? '',
      jwt: table.owner.jwt,
    });
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const schema = document.components.schemas.Every_typeResponse;
    const validate = ajv.compile({ type: 'array', items: { ...schema, additionalProperties: false } });
    const { body: page } = await table.send('GET', records);
    expect(page.list).toHaveLength(2);
    validate(page.list);
    expect(validate.errors ?? []).toEqual([]);
    const request = ajv.compile({
      ...document.components.schemas.Every_typeRequest,
      additionalProperties: false,
    });
    request({ ...full, 'a DateTime': '2024-05-31 14:30:00+00:00', 'a Time': '14:30:00' });
    expect(request.errors ?? []).toEqual([]);
  });

  test('is for members only', async () => {
    const stranger = await app.signUp('stranger@example.org');
    for (const path of addresses()) {
      expect((await app.inject({ method: 'GET', path })).status).toBe(401);
      expect((await app.inject({ method: 'GET', path, token: 'nonsense' })).status).toBe(401);
      expect((await app.inject({ method: 'GET', path, jwt: stranger.jwt })).status).toBe(403);
    }
    const unknown = await app.inject({
      method: 'GET',
      path: '/api/v2/meta/bases/pnope/swagger.json',
      jwt: table.owner.jwt,
    });
    expect([unknown.status, unknown.body.error]).toEqual([404, 'ERR_BASE_NOT_FOUND']);
  });
});

describe('the document of the instance', () => {
  test('is valid and holds every route once', async () => {
    expect(await problemsOf(instanceDocument)).toEqual([]);
    const ids = Object.values(instanceDocument.paths).flatMap((item) =>
      Object.values(item).map((operation) => operation.operationId),
    );
    const routes = formats({ instance: [] }).flatMap((format) => format.routes);
    expect(routes.map((route) => route.id).filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('is answered to who is signed in', async () => {
    const path = '/api/v2/meta/openapi.json';
    expect((await app.inject({ method: 'GET', path })).status).toBe(401);
    const { status, body } = await app.inject({ method: 'GET', path, jwt: viewer.jwt });
    expect(status).toBe(200);
    expect(await problemsOf(body)).toEqual([]);
  });
});

describe('the page', () => {
  const pages = () => [
    `/api/v2/meta/bases/${table.baseId}/swagger`,
    `/api/v2/meta/bases/${table.baseId}/redoc`,
    `/api/v1/db/meta/projects/${table.baseId}/swagger`,
    `/api/v1/db/meta/projects/${table.baseId}/redoc`,
  ];

  test('says nothing about the base and runs only our own files', async () => {
    for (const path of pages()) {
      const { status, text, headers } = await app.inject({ method: 'GET', path });
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['content-security-policy']).toContain("script-src 'self';");
      expect(text).not.toContain(table.baseTitle);
      expect(text).not.toMatch(/https?:|<script>|<style|\son\w+=/);
      for (const [, source] of text.matchAll(/(?:src|href)="([^"]+)"/g)) {
        const asset = await app.inject({ method: 'GET', path: source ?? '' });
        expect([source, asset.status]).toEqual([source, 200]);
        expect(asset.headers['cache-control']).toContain('immutable');
      }
    }
    expect((await app.inject({ method: 'GET', path: '/api/v2/meta/bases/pnope/swagger' })).status).toBe(404);
  });

  test('serves no file that is not its own', async () => {
    for (const name of [
      'index.html',
      '..%2F..%2Fpackage.json',
      '%2Fetc%2Fpasswd',
      '__proto__',
      'constructor',
      '.',
    ]) {
      const answer = await app.inject({ method: 'GET', path: `/api-docs/assets/${name}` });
      expect([name, answer.status]).toEqual([name, 404]);
    }
  });

  test('sends its files compressed, and once', async () => {
    const path = '/api-docs/assets/swagger-ui-bundle.js';
    const plain = await app.inject({ method: 'GET', path });
    const small = await app.inject({ method: 'GET', path, headers: { 'accept-encoding': 'br, gzip' } });
    expect(small.headers['content-encoding']).toBe('gzip');
    expect(small.bytes.length).toBeLessThan(plain.bytes.length / 2);
    const again = await app.inject({
      method: 'GET',
      path,
      headers: { 'if-none-match': String(plain.headers.etag) },
    });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
  });
});

describe('the check of every answer', () => {
  test('finds the route behind an address', () => {
    expect(findDocumentedRoute('GET', `/api/v2/tables/${table.id}/records/count?where=x`)?.id).toBe(
      'recordCount',
    );
    expect(findDocumentedRoute('GET', `/API/v2/tables/${table.id}/records/5/`)?.id).toBe('recordRead');
    expect(findDocumentedRoute('GET', '/nowhere/at/all/x')).toBeUndefined();
  });

  test('refuses what is not documented', () => {
    const count = `/api/v2/tables/${table.id}/records/count`;
    expect(() => checkResponse('GET', count, 200, { count: 1 })).not.toThrow();
    expect(() => checkResponse('GET', count, 200, { count: 'x' })).toThrow('/count must be integer');
    expect(() => checkResponse('GET', count, 200, undefined)).toThrow('without the documented JSON body');
    expect(() => checkResponse('GET', count, 500, {})).toThrow('not documented');
    expect(() => checkResponse('GET', count, 404, { error: 'x' })).toThrow(
      "must have required property 'msg'",
    );
  });
});
