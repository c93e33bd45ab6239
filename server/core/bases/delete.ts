import type { Core } from '../context.ts';
import type { Base, Caller } from '../model.ts';
import { changeBase } from './change.ts';

/** Deletes a base with its tables and records; API tokens bound to it die with it. */
export async function deleteBase(core: Core, caller: Caller, base: Base): Promise<void> {
  const { principal } = caller;
  const by = principal.kind === 'anonymous' ? '' : principal.user.id;
  await changeBase(core, caller, base.id, async ({ tx, base: current, now, audit }) => {
    // a connected database keeps everything it has
    for (const table of current.tables) if (table.source === undefined) await tx.schema.dropTable(table.name);
    const { tokens } = await tx.tokens.list({ baseId: base.id });
    for (const token of tokens) {
      await tx.tokens.revoke(token.id, now, by, 'base deleted');
      tx.invalidate('token', token.hash);
    }
    await tx.bases.delete(base.id);
    await audit('base.delete', { target: base.id, details: { title: current.title } });
  });
}
