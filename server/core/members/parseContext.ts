import type { AnyColumnType, ParseContext } from '../../../columnTypes/columnType.ts';
import type { Core } from '../context.ts';
import type { BaseSummary } from '../model.ts';
import type { UserStore } from '../ports.ts';

/** Whether values of the type name people. */
const namesPeople = (type: AnyColumnType): boolean => type.json === 'people' || type.json === 'person';

/**
 * What column types may look up while they parse. Members are read only when
 * one of `types` names people.
 */
export async function parseContextFor(
  core: Pick<Core, 'settings'>,
  users: UserStore,
  base: Pick<BaseSummary, 'members'>,
  types: readonly AnyColumnType[],
): Promise<ParseContext> {
  const people = new Map<string, string>();
  if (types.some(namesPeople)) {
    for (const user of await users.findMany([...base.members.keys()])) {
      people.set(user.id, user.id);
      people.set(user.email, user.id);
    }
  }
  return {
    findPerson: (idOrEmail) => people.get(idOrEmail) ?? people.get(idOrEmail.toLowerCase()),
    maxTextLength: core.settings.maxTextLength,
  };
}
