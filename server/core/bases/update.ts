import type { Core } from '../context.ts';
import type { Base, Caller } from '../model.ts';
import { maxBaseTitle } from '../tables/limits.ts';
import { parseDescription, parseMeta, parseTitle } from '../tables/titles.ts';
import { changeBase } from './change.ts';
import { parseColor } from './color.ts';
import type { BaseInput } from './create.ts';

export type BaseChanges = { readonly [K in keyof BaseInput]?: BaseInput[K] | undefined } & {
  readonly order?: number | undefined;
};

/** Changes what is given of a base. */
export async function updateBase(
  core: Core,
  caller: Caller,
  base: Base,
  changes: BaseChanges,
): Promise<void> {
  const { title, description, color, meta, order } = changes;
  await changeBase(core, caller, base.id, async ({ tx, now, audit }) => {
    await tx.bases.update(base.id, {
      ...(title !== undefined && { title: parseTitle('base title', title, maxBaseTitle) }),
      ...(description !== undefined && { description: parseDescription(description) }),
      ...(color !== undefined && { color: parseColor(color) }),
      ...(meta !== undefined && { meta: parseMeta(meta) }),
      ...(order !== undefined && { order }),
      updatedAt: now,
    });
    await audit('base.update', { target: base.id, details: { changed: Object.keys(changes) } });
  });
}
