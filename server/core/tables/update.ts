import { changeTable } from '../bases/change.ts';
import type { Core } from '../context.ts';
import type { Caller, Table } from '../model.ts';
import { requireFreeTableTitle } from './create.ts';
import { type Meta, parseDescription, parseMeta, parseTitle } from './titles.ts';

export interface TableChanges {
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  readonly meta?: Meta | null | undefined;
  readonly order?: number | undefined;
}

/** Changes what is given; the physical table keeps its name. Throws DUPLICATE_IN_ALIAS. */
export async function updateTable(
  core: Core,
  caller: Caller,
  table: Table,
  changes: TableChanges,
): Promise<void> {
  await changeTable(core, caller, table, async ({ tx, base, now, audit }) => {
    const { title, description, meta, order } = changes;
    await tx.bases.updateTable(table.id, {
      ...(title !== undefined && {
        title: requireFreeTableTitle(base, parseTitle('table title', title), table.id),
      }),
      ...(description !== undefined && { description: parseDescription(description) }),
      ...(meta !== undefined && { meta: parseMeta(meta) }),
      ...(order !== undefined && { order }),
      updatedAt: now,
    });
    await audit('table.update', {
      tableId: table.id,
      target: table.id,
      details: { changed: Object.keys(changes) },
    });
  });
}
