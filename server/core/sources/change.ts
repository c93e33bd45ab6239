import { changeBase } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { AppError, notFound } from '../errors.ts';
import type { Base, Caller, ExternalSource, Source } from '../model.ts';
import type { SourceAddress } from '../ports.ts';
import { maxBaseTitle } from '../tables/limits.ts';
import { parseTitle } from '../tables/titles.ts';
import { requireAllowed, wireTypes } from './create.ts';
import { testConnection } from './inspect.ts';

export interface SourceChanges {
  readonly alias?: string | undefined;
  readonly dataReadOnly?: boolean | undefined;
  /** A new way to reach it; a password that is left out stays as it was. */
  readonly address?: SourceAddress | undefined;
}

/** A source of the base. Throws SOURCE_NOT_FOUND. */
export function requireSource(base: Pick<Base, 'sources'>, id: string): Source {
  const source = base.sources.find((each) => each.id === id);
  if (source === undefined) throw notFound('Source', id);
  return source;
}

/** A connected database of the base. Throws SOURCE_NOT_FOUND, BAD_REQUEST for the instance's own. */
export function requireExternal(
  base: Pick<Base, 'sources'>,
  id: string,
): Source & { external: ExternalSource } {
  const { external, ...source } = requireSource(base, id);
  if (external === undefined)
    throw new AppError(
      'BAD_REQUEST',
      'Error: The first source is the instance itself: it has no connection.',
    );
  return { ...source, external };
}

function keepPassword(core: Core, source: Source & { external: ExternalSource }, address: SourceAddress) {
  if (address.engine === 'sqlite' || address.password !== '') return address;
  const known = core.sources.open(source.id, source.external.sealed);
  // only for the same server and user: the password must not be shown to another
  const same =
    known.engine === address.engine &&
    known.host === address.host &&
    known.port === address.port &&
    known.user === address.user;
  return same ? { ...address, password: known.password } : address;
}

/**
 * Changes name, write protection or connection of a source. A new connection
 * is tried first. Throws SOURCE_NOT_FOUND, BAD_REQUEST, and what the database answers.
 */
export async function updateSource(
  core: Core,
  caller: Caller,
  base: Base,
  sourceId: string,
  changes: SourceChanges,
): Promise<void> {
  const source = requireExternal(base, sourceId);
  const address = changes.address === undefined ? undefined : keepPassword(core, source, changes.address);
  if (address !== undefined) {
    requireAllowed(core);
    if (wireTypes[address.engine] !== source.type)
      throw new AppError('BAD_REQUEST', `The data source is of type ${source.type}, which cannot change.`);
    await testConnection(core, address);
  }
  await changeBase(core, caller, base.id, async ({ tx, base: current, now, audit }) => {
    const { external } = requireExternal(current, sourceId);
    await tx.bases.updateSource(sourceId, {
      ...(changes.alias !== undefined && {
        alias: parseTitle('name of the data source', changes.alias, maxBaseTitle),
      }),
      external: {
        ...external,
        ...(changes.dataReadOnly !== undefined && { dataReadOnly: changes.dataReadOnly }),
        ...(address !== undefined && {
          sealed: core.sources.seal(sourceId, address),
          schema: address.engine === 'sqlite' ? null : address.schema,
        }),
      },
      updatedAt: now,
    });
    await audit('source.update', { target: sourceId, details: { reconnected: address !== undefined } });
  });
}

/** Forgets a connected database and its tables; it keeps everything it has. Throws SOURCE_NOT_FOUND, BAD_REQUEST. */
export async function deleteSource(core: Core, caller: Caller, base: Base, sourceId: string): Promise<void> {
  await changeBase(core, caller, base.id, async ({ tx, base: current, audit }) => {
    const { alias, external } = requireSource(current, sourceId);
    if (external === undefined) throw new AppError('BAD_REQUEST', 'Error: Cannot delete first base');
    await tx.bases.deleteSource(sourceId);
    await audit('source.delete', { target: sourceId, details: { alias } });
  });
}
