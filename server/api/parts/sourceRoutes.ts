import { type Static, Type } from 'typebox';
import { AppError, notFound } from '../../core/errors.ts';
import type { Base } from '../../core/model.ts';
import { deleteSource, updateSource } from '../../core/sources/change.ts';
import { createSource } from '../../core/sources/create.ts';
import { listForeign, requireMayConnect, testConnection } from '../../core/sources/inspect.ts';
import { startDiff, startSync } from '../../core/sources/sync.ts';
import { type AnyRoute, type Call, inBase, inBaseBySession, route, signedIn } from '../route.ts';
import { requireSource } from './baseRoutes.ts';
import { tellDifferences } from './metaDiff.ts';
import type { MetaPaths } from './metaPaths.ts';
import { looseFlag, optionalText } from './metaSchemas.ts';
import { configSchema, decodeConfig } from './sourceConfig.ts';
import { sourceRow, sourceSchema } from './sourceRow.ts';

const tag = 'Data sources';

const jobReply = Type.Object({ id: Type.String({ description: 'A job; ask for it under jobs.' }) });

const testBody = Type.Object({
  ...configSchema.properties,
  base_id: Type.Optional(Type.String({ description: 'Lets creators of that base ask, too.' })),
});

const newSourceBody = Type.Object({
  alias: Type.String(),
  type: Type.Optional(Type.String()),
  config: configSchema,
  is_data_readonly: Type.Optional(looseFlag),
  is_schema_readonly: Type.Optional(looseFlag),
  inflection_column: Type.Optional(optionalText),
  inflection_table: Type.Optional(optionalText),
  tables: Type.Optional(
    Type.Array(Type.String(), { description: 'Tables and views to show, by name; absent: all of them.' }),
  ),
});

const changeBody = Type.Object({
  alias: Type.Optional(Type.String()),
  type: Type.Optional(Type.String()),
  config: Type.Optional(configSchema),
  is_data_readonly: Type.Optional(looseFlag),
});

const syncBody = Type.Object({
  tables: Type.Optional(
    Type.Array(Type.String(), { description: 'Tables left out so far that shall come.' }),
  ),
});

const flagOf = (given: Static<typeof looseFlag> | undefined): boolean | undefined =>
  given === undefined || given === null ? undefined : given === true || given === 1;

/** The base a body names, for who is judged by it. */
async function namedBase({ core, body }: Call<Static<typeof testBody>>): Promise<Base | undefined> {
  if (body.base_id === undefined) return undefined;
  const base = await core.snapshot.findBase(body.base_id);
  if (base === undefined) throw notFound('Base', body.base_id);
  return base;
}

const failureSchema = Type.Object({ code: Type.Literal(-1), message: Type.String() });

const connectionRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
  route<Static<typeof testBody>>({
    id: `${version}TestConnection`,
    method: 'POST',
    paths: [`${meta}/connection/test`],
    summary: 'Whether an existing database can be reached',
    tag,
    access: signedIn('connectionTest'),
    target: 'none',
    body: testBody,
    reply: Type.Union([
      Type.Object({ code: Type.Literal(0), message: Type.Literal(''), data: Type.Object({}) }),
      failureSchema,
    ]),
    run: async (call) => {
      requireMayConnect(call.caller, await namedBase(call));
      try {
        await testConnection(call.core, decodeConfig(call.body));
        return { code: 0, message: '', data: {} };
      } catch (error) {
        if (error instanceof AppError && error.code !== 'INTERNAL' && error.code !== 'FORBIDDEN')
          return { code: -1, message: error.message };
        throw error;
      }
    },
  }),
  route<Static<typeof testBody>>({
    id: `${version}ListForeignTables`,
    method: 'POST',
    paths: [`${meta}/connection/tables`],
    summary: 'Schemas, tables and views of an existing database, to choose from',
    tag,
    access: signedIn('connectionTest'),
    target: 'none',
    body: testBody,
    reply: Type.Object({
      schemas: Type.Array(Type.String()),
      tables: Type.Array(
        Type.Object({
          name: Type.String(),
          type: Type.Union([Type.Literal('table'), Type.Literal('view')]),
          description: optionalText,
          columns: Type.Integer(),
        }),
      ),
      notes: Type.Array(Type.String()),
    }),
    run: async (call) => {
      requireMayConnect(call.caller, await namedBase(call));
      const { schemas, schema } = await listForeign(call.core, decodeConfig(call.body));
      return {
        schemas,
        tables: schema.tables.map(({ name, kind, comment, columns }) => ({
          name,
          type: kind,
          description: comment,
          columns: columns.length,
        })),
        notes: schema.notes,
      };
    },
  }),
];

const changeRoutes = ({ version, bases, sources }: MetaPaths): AnyRoute[] => [
  route<Static<typeof newSourceBody>>({
    id: `${version}CreateSource`,
    method: 'POST',
    paths: [`${bases}/:baseId/${sources}`],
    summary: 'Connect an existing database; a job reads its tables',
    tag,
    access: inBase('sourceCreate'),
    target: 'base',
    body: newSourceBody,
    reply: jobReply,
    run: async ({ core, caller, target, body }) => {
      const job = await createSource(core, caller, target.base, {
        alias: body.alias,
        address: decodeConfig(body.config),
        dataReadOnly: flagOf(body.is_data_readonly) ?? false,
        tables: body.tables,
      });
      return { id: job.id };
    },
  }),
  route<Static<typeof changeBody>>({
    id: `${version}UpdateSource`,
    method: 'PATCH',
    paths: [`${bases}/:baseId/${sources}/:sourceId`],
    summary: 'Change name, write protection or connection of a connected database',
    tag,
    access: inBase('sourceUpdate'),
    target: 'base',
    body: changeBody,
    reply: sourceSchema,
    run: async ({ core, caller, target, params, body }) => {
      const id = params.sourceId ?? '';
      await updateSource(core, caller, target.base, id, {
        alias: body.alias,
        dataReadOnly: flagOf(body.is_data_readonly),
        address: body.config === undefined ? undefined : decodeConfig(body.config),
      });
      const base = await core.snapshot.findBase(target.base.id);
      const { source, index } = requireSource(base ?? target.base, id);
      return sourceRow(source, target.base.id, index);
    },
  }),
  route({
    id: `${version}DeleteSource`,
    method: 'DELETE',
    paths: [`${bases}/:baseId/${sources}/:sourceId`],
    summary: 'Forget a connected database; it keeps everything it has',
    tag,
    access: inBase('sourceDelete'),
    target: 'base',
    reply: Type.Literal(true),
    run: async ({ core, caller, target, params }) => {
      await deleteSource(core, caller, target.base, params.sourceId ?? '');
      return true;
    },
  }),
];

const diffRoutes = ({ version, bases }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}MetaDiff`,
    method: 'GET',
    paths: [`${bases}/:baseId/meta-diff`, `${bases}/:baseId/meta-diff/:sourceId`],
    summary: 'What changed in connected databases: a job, whose result has the list as `diff`',
    tag,
    access: inBaseBySession('metaDiff'),
    target: 'base',
    reply: jobReply,
    run: async ({ core, caller, target, params }) => {
      const job = await startDiff(core, caller, target.base, params.sourceId, tellDifferences);
      return { id: job.id };
    },
  }),
  route<Static<typeof syncBody> | undefined>({
    id: `${version}MetaDiffSync`,
    method: 'POST',
    paths: [`${bases}/:baseId/meta-diff`, `${bases}/:baseId/meta-diff/:sourceId`],
    summary: 'Take over what changed in connected databases: a job',
    tag,
    access: inBaseBySession('metaDiffSync'),
    target: 'base',
    body: syncBody,
    reply: jobReply,
    run: async ({ core, caller, target, params, body }) => {
      const job = await startSync(core, caller, target.base, params.sourceId, body?.tables);
      return { id: job.id };
    },
  }),
];

/** Existing databases as sources of a base. */
export const sourceRoutes = (paths: MetaPaths): AnyRoute[] => [
  ...connectionRoutes(paths),
  ...changeRoutes(paths),
  ...diffRoutes(paths),
];
