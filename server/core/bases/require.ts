import type { Core } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Base } from '../model.ts';

/** The base as it is now. Throws BASE_NOT_FOUND. */
export async function requireBase(core: Core, id: string): Promise<Base> {
  const base = await core.snapshot.findBase(id);
  if (base === undefined) throw notFound('Base', id);
  return base;
}
