import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { type AnyRoute, inBase, route } from '../route.ts';
import { operationSuffix } from './names.ts';
import { toTemplate } from './paths.ts';
import { isUnchanged, render } from './render.ts';
import { orNull } from './schemas.ts';

const records = '/api/v2/tables/:tableId/records';
const byName = '/api/v1/db/data/:orgs/:base/:table';
const at = (method: AnyRoute['method'], path: string): AnyRoute =>
  route({
    id: 'x',
    method,
    paths: [path],
    summary: '',
    tag: '',
    access: inBase('dataList'),
    target: 'table',
    reply: Type.Object({}),
    run: () => ({}),
  });

describe('pieces of documents', () => {
  it.each([
    ['/a/:id/b', '/a/{id}/b'],
    ['/a/:id(^\\d+$)/:x?', '/a/{id}/{x}'],
    ['/a/:f(^(?:x|y)$).json', '/a/{f}.json'],
    ['/a/*', '/a/{rest}'],
    ['/a/', '/a'],
    ['/', '/'],
  ])('%s is %s', (router, template) => expect(toTemplate(router).path).toBe(template));

  it('puts literals in place, encoded', () => {
    expect(toTemplate('/a/:x/:y', { x: 'ö/{' })).toEqual({ path: '/a/%C3%B6%2F%7B/{y}', parameters: ['y'] });
  });

  it.each([
    ['PATCH', '/api/v1/db/data/bulk/:orgs/:base/:table/all', 'db-table-row-bulk-update-all'],
    ['POST', `${records}/:rowId/move`, 'db-table-row-move'],
    ['POST', '/api/v2/tables/:tableId/bulk/aggregate', 'db-table-row-bulk-aggregate'],
    ['POST', '/api/v1/db/data/bulk/:orgs/:base/:table', 'db-table-row-bulk-create'],
    ['GET', `${byName}/:rowId/exist`, 'db-table-row-exist'],
    ['GET', `${byName}/groupby/count`, 'db-table-row-groupby-count'],
    ['GET', `${byName}/views/:view/:rowId`, 'db-view-row-read'],
  ] as const)('%s %s is %s', (method, path, suffix) =>
    expect(operationSuffix(at(method, path))).toBe(suffix),
  );

  it.each([
    [{ type: 'string' }, { type: ['string', 'null'] }],
    [{ type: ['string', 'number'] }, { type: ['string', 'number', 'null'] }],
    [{ type: ['string', 'null'] }, { type: ['string', 'null'] }],
    [{ type: 'string', enum: ['a'] }, { anyOf: [{ type: 'string', enum: ['a'] }, { type: 'null' }] }],
    [{}, {}],
  ])('%j or null', (schema, expected) => expect(orNull(schema)).toEqual(expected));

  it('knows what has not changed', () => {
    const { etag } = render({ a: 1 });
    expect(isUnchanged(etag, etag)).toBe(true);
    expect(isUnchanged(`"x", W/${etag}`, etag)).toBe(true);
    expect(isUnchanged('*', etag)).toBe(true);
    expect(isUnchanged('"x"', etag)).toBe(false);
    expect(isUnchanged(undefined, etag)).toBe(false);
  });
});
