import { type Static, Type } from 'typebox';
import { duplicateBase } from '../../core/duplicate/base.ts';
import { duplicateColumn } from '../../core/duplicate/column.ts';
import type { DuplicateOptions } from '../../core/duplicate/kinds.ts';
import { duplicateTable } from '../../core/duplicate/table.ts';
import { notFound } from '../../core/errors.ts';
import type { Base } from '../../core/model.ts';
import { shorten } from '../../core/records/text.ts';
import { type AnyRoute, inBase, route } from '../route.ts';
import { requireSource } from './baseRoutes.ts';
import { readFlag } from './looseValues.ts';
import type { MetaPaths } from './metaPaths.ts';
import { looseFlag, nullable } from './metaSchemas.ts';

const tag = 'Jobs';

const body = Type.Object({
  title: Type.Optional(nullable(Type.String({ description: 'Of the copy.' }))),
  options: Type.Optional(
    nullable(
      Type.Object({
        excludeData: Type.Optional(looseFlag),
        excludeViews: Type.Optional(looseFlag),
        excludeHooks: Type.Optional(looseFlag),
      }),
    ),
  ),
});
type Body = Static<typeof body>;

const decode = ({ title, options }: Body): DuplicateOptions => ({
  title: title ?? undefined,
  excludeData: readFlag(options?.excludeData),
  excludeViews: readFlag(options?.excludeViews),
});

const jobReply = Type.Object({
  id: Type.String({ description: 'Of the job; ask for it at /api/v2/jobs/{baseId}/{jobId}.' }),
});

function requireTableOf(base: Base, id: string) {
  const table = base.tableById.get(id);
  if (table === undefined) throw notFound('Table', shorten(id));
  return table;
}

function requireColumnOf(base: Base, id: string) {
  for (const table of base.tables) {
    const column = table.columns.find((candidate) => candidate.id === id);
    if (column !== undefined) return { table, column };
  }
  throw notFound('Field', shorten(id));
}

/** Copies of bases, tables and columns, made by jobs. */
export const duplicateRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
  route<Body>({
    id: `${version}DuplicateBase`,
    method: 'POST',
    paths: [`${meta}/duplicate/:baseId`, `${meta}/duplicate/:baseId/:sourceId`],
    summary: 'Copy a base with tables, views and records; its members stay behind',
    tag,
    access: inBase('duplicateBase'),
    target: 'base',
    body,
    reply: Type.Object({ ...jobReply.properties, base_id: Type.String() }),
    run: async ({ core, caller, target, params, body: asked }) => {
      if (params.sourceId !== undefined) requireSource(target.base, params.sourceId);
      const { job, base } = await duplicateBase(core, caller, target.base, decode(asked));
      return { id: job.id, base_id: base.id };
    },
  }),
  route<Body>({
    id: `${version}DuplicateTable`,
    method: 'POST',
    paths: [`${meta}/duplicate/:baseId/table/:tableId`],
    summary: 'Copy a table with views and records',
    tag,
    access: inBase('duplicateModel'),
    target: 'base',
    body,
    reply: jobReply,
    run: async ({ core, caller, target, params, body: asked }) => {
      const table = requireTableOf(target.base, params.tableId ?? '');
      return { id: (await duplicateTable(core, caller, table, decode(asked))).id };
    },
  }),
  route<Body>({
    id: `${version}DuplicateColumn`,
    method: 'POST',
    paths: [`${meta}/duplicate/:baseId/column/:columnId`],
    summary: 'Copy a field with its values',
    tag,
    access: inBase('duplicateColumn'),
    target: 'base',
    body,
    reply: jobReply,
    run: async ({ core, caller, target, params, body: asked }) => {
      const found = requireColumnOf(target.base, params.columnId ?? '');
      return { id: (await duplicateColumn(core, caller, found, decode(asked))).id };
    },
  }),
];
