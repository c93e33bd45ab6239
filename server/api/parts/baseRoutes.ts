import { type Static, Type } from 'typebox';
import { createBase } from '../../core/bases/create.ts';
import { deleteBase } from '../../core/bases/delete.ts';
import { listBases } from '../../core/bases/list.ts';
import { updateBase } from '../../core/bases/update.ts';
import { notFound } from '../../core/errors.ts';
import type { Base } from '../../core/model.ts';
import { maxBaseTitle } from '../../core/tables/limits.ts';
import { type AnyRoute, inBase, route, signedIn } from '../route.ts';
import { baseRow, baseSchema, listedBaseRow, listedBaseSchema } from './baseRow.ts';
import { readMeta } from './looseValues.ts';
import type { MetaPaths } from './metaPaths.ts';
import { looseMeta, optionalText, wholePage, wholePageInfo } from './metaSchemas.ts';
import { sourceRow, sourceSchema } from './sourceRow.ts';

const tag = 'Bases';

const title = Type.String({ minLength: 1, maxLength: maxBaseTitle });

const newBaseBody = Type.Object({
  title,
  description: Type.Optional(optionalText),
  color: Type.Optional(optionalText),
  meta: Type.Optional(looseMeta),
});

const changeBody = Type.Object({
  title: Type.Optional(title),
  description: Type.Optional(optionalText),
  color: Type.Optional(optionalText),
  meta: Type.Optional(looseMeta),
  order: Type.Optional(Type.Number()),
});

const infoSchema = Type.Object({
  Node: Type.String(),
  Arch: Type.String(),
  Platform: Type.String(),
  Docker: Type.Boolean(),
  RootDB: Type.String(),
});

const listRoutes = ({ version, bases }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}ListBases`,
    method: 'GET',
    paths: [bases],
    summary: 'The bases you may open',
    tag,
    access: signedIn('baseList'),
    target: 'none',
    reply: Type.Object({ list: Type.Array(listedBaseSchema), pageInfo: wholePageInfo }),
    run: async (call) => {
      const list = await listBases(call.core, call.caller);
      return { list: list.map(listedBaseRow), pageInfo: wholePage(list.length) };
    },
  }),
  route<Static<typeof newBaseBody>>({
    id: `${version}CreateBase`,
    method: 'POST',
    paths: [bases],
    summary: 'Create a base; you become its owner',
    tag,
    access: signedIn('baseCreate'),
    target: 'none',
    body: newBaseBody,
    reply: baseSchema,
    run: async (call) => {
      const input = { ...call.body, meta: readMeta(call.body.meta) };
      return baseRow(await createBase(call.core, call.caller, input));
    },
  }),
];

const singleRoutes = ({ version, bases }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}ReadBase`,
    method: 'GET',
    paths: [`${bases}/:baseId`],
    summary: 'One base',
    tag,
    access: inBase('baseGet'),
    target: 'base',
    reply: baseSchema,
    run: (call) => baseRow(call.target.base),
  }),
  route<Static<typeof changeBody>>({
    id: `${version}UpdateBase`,
    method: 'PATCH',
    paths: [`${bases}/:baseId`],
    summary: 'Change title, description, colour, meta or order of a base',
    tag,
    access: inBase('baseUpdate'),
    target: 'base',
    body: changeBody,
    reply: Type.Literal(1),
    run: async (call) => {
      const { title: newTitle, description, color, order } = call.body;
      const changes = { title: newTitle, description, color, order, meta: readMeta(call.body.meta) };
      await updateBase(call.core, call.caller, call.target.base, changes);
      return 1;
    },
  }),
  route({
    id: `${version}DeleteBase`,
    method: 'DELETE',
    paths: [`${bases}/:baseId`],
    summary: 'Delete a base with its tables and records',
    tag,
    access: inBase('baseDelete'),
    target: 'base',
    reply: Type.Literal(true),
    run: async (call) => {
      await deleteBase(call.core, call.caller, call.target.base);
      return true;
    },
  }),
];

function findSource(base: Base, id: string) {
  const index = base.sources.findIndex((source) => source.id === id);
  const source = base.sources[index];
  return source === undefined ? undefined : { source, index };
}

/** Throws SOURCE_NOT_FOUND unless the base has the source; for paths that name one. */
export function requireSource(base: Base, id: string) {
  const found = findSource(base, id);
  if (found === undefined) throw notFound('Source', id);
  return found;
}

const sourceRoutes = ({ version, bases, sources }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}BaseInfo`,
    method: 'GET',
    paths: [`${bases}/:baseId/info`],
    summary: 'What the server runs on',
    tag,
    access: inBase('baseGet'),
    target: 'base',
    reply: infoSchema,
    run: (call) => ({
      Node: process.version,
      Arch: process.arch,
      Platform: process.platform,
      Docker: false,
      RootDB: call.target.base.sources[0]?.type ?? '',
    }),
  }),
  route({
    id: `${version}ListSources`,
    method: 'GET',
    paths: [`${bases}/:baseId/${sources}`],
    summary: 'The databases behind a base',
    tag,
    access: inBase('baseGet'),
    target: 'base',
    reply: Type.Object({ list: Type.Array(sourceSchema), pageInfo: wholePageInfo }),
    run: (call) => {
      const { base } = call.target;
      const list = base.sources.map((source, index) => sourceRow(source, base.id, index));
      return { list, pageInfo: wholePage(list.length) };
    },
  }),
  route({
    id: `${version}ReadSource`,
    method: 'GET',
    paths: [`${bases}/:baseId/${sources}/:sourceId`],
    summary: 'One database behind a base',
    tag,
    access: inBase('baseGet'),
    target: 'base',
    reply: sourceSchema,
    run: (call) => {
      const { source, index } = requireSource(call.target.base, call.params.sourceId ?? '');
      return sourceRow(source, call.target.base.id, index);
    },
  }),
];

/** Bases and, to read, their sources. */
export const baseRoutes = (paths: MetaPaths): AnyRoute[] => [
  ...listRoutes(paths),
  ...singleRoutes(paths),
  ...sourceRoutes(paths),
];
