import { type Static, Type } from 'typebox';
import { requireOwnSource } from '../../core/sources/guards.ts';
import { createTable } from '../../core/tables/create.ts';
import { deleteTable } from '../../core/tables/delete.ts';
import { updateTable } from '../../core/tables/update.ts';
import { type AnyRoute, inBase, route } from '../route.ts';
import { requireSource } from './baseRoutes.ts';
import { columnItem, decodeColumn } from './columnItem.ts';
import { readMeta } from './looseValues.ts';
import type { MetaPaths } from './metaPaths.ts';
import { looseMeta, message, optionalText } from './metaSchemas.ts';
import { fullTable, fullTableSchema, tableRow, tableSchema } from './tableRow.ts';

const tag = 'Tables';

const newTableBody = Type.Object({
  title: Type.Optional(Type.String()),
  table_name: Type.Optional(Type.String()),
  columns: Type.Array(columnItem),
  description: Type.Optional(optionalText),
  meta: Type.Optional(looseMeta),
});

const changeBody = Type.Object({
  title: Type.Optional(Type.String()),
  table_name: Type.Optional(Type.String({ description: 'The title, for old clients that send no `title`.' })),
  description: Type.Optional(optionalText),
  meta: Type.Optional(looseMeta),
  order: Type.Optional(Type.Number()),
});

const listRoutes = ({ version, bases }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}ListTables`,
    method: 'GET',
    paths: [`${bases}/:baseId/tables`, `${bases}/:baseId/:sourceId/tables`],
    summary: 'The tables of a base',
    tag,
    access: inBase('tableList'),
    target: 'base',
    reply: Type.Object({ list: Type.Array(tableSchema) }),
    run: (call) => {
      const { base } = call.target;
      const { sourceId } = call.params;
      if (sourceId !== undefined) requireSource(base, sourceId);
      const tables = base.tables.filter((table) => sourceId === undefined || table.sourceId === sourceId);
      return { list: tables.map(tableRow) };
    },
  }),
  route<Static<typeof newTableBody>>({
    id: `${version}CreateTable`,
    method: 'POST',
    paths: [`${bases}/:baseId/tables`, `${bases}/:baseId/:sourceId/tables`],
    summary: 'Create a table with its fields; key and system fields are added',
    tag,
    access: inBase('tableCreate'),
    target: 'base',
    body: newTableBody,
    reply: fullTableSchema,
    run: async (call) => {
      const { base } = call.target;
      if (call.params.sourceId !== undefined)
        requireOwnSource(requireSource(base, call.params.sourceId).source);
      const { title, table_name, columns, description } = call.body;
      const table = await createTable(call.core, call.caller, base, {
        title,
        name: table_name,
        columns: columns.map(decodeColumn),
        description,
        meta: readMeta(call.body.meta),
      });
      return fullTable(table);
    },
  }),
];

const singleRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}ReadTable`,
    method: 'GET',
    paths: [`${meta}/tables/:tableId`],
    summary: 'A table with its fields and views',
    tag,
    access: inBase('tableGet'),
    target: 'table',
    reply: fullTableSchema,
    run: (call) => fullTable(call.target.table),
  }),
  route<Static<typeof changeBody>>({
    id: `${version}UpdateTable`,
    method: 'PATCH',
    paths: [`${meta}/tables/:tableId`],
    summary: 'Change title, description, meta or order of a table',
    tag,
    access: inBase('tableUpdate'),
    target: 'table',
    body: changeBody,
    reply: message,
    run: async (call) => {
      const { title, table_name, description, order } = call.body;
      const changes = { title: title ?? table_name, description, order, meta: readMeta(call.body.meta) };
      await updateTable(call.core, call.caller, call.target.table, changes);
      return { msg: 'The table has been updated successfully' };
    },
  }),
  route({
    id: `${version}DeleteTable`,
    method: 'DELETE',
    paths: [`${meta}/tables/:tableId`],
    summary: 'Delete a table with its records',
    tag,
    access: inBase('tableDelete'),
    target: 'table',
    reply: Type.Literal(true),
    run: async (call) => {
      await deleteTable(call.core, call.caller, call.target.table);
      return true;
    },
  }),
  route<{ order: number }>({
    id: `${version}ReorderTable`,
    method: 'POST',
    paths: [`${meta}/tables/:tableId/reorder`],
    summary: 'Place a table in the list of its base',
    tag,
    access: inBase('tableReorder'),
    target: 'table',
    body: Type.Object({ order: Type.Number() }),
    reply: Type.Literal(1),
    run: async (call) => {
      await updateTable(call.core, call.caller, call.target.table, { order: call.body.order });
      return 1;
    },
  }),
];

/** Tables of a base. */
export const tableRoutes = (paths: MetaPaths): AnyRoute[] => [...listRoutes(paths), ...singleRoutes(paths)];
