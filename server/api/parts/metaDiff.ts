import type { Source } from '../../core/model.ts';
import type { Difference } from '../../core/sources/diff.ts';
import type { ToldDifference } from '../../core/sources/sync.ts';

/** What changed in a connected database, in the words of the wire: one entry a table with its changes. */

interface Change {
  readonly type: string;
  readonly msg: string;
  readonly tn: string;
  readonly cn?: string;
  readonly id?: string;
}

interface Entry {
  readonly tn: string;
  readonly table_name: string;
  readonly title: string | null;
  readonly source_id: string;
  readonly type: 'table' | 'view';
  readonly detectedChanges: Change[];
}

const tableOf = (difference: Difference): { name: string; title: string | null; kind: 'table' | 'view' } =>
  difference.kind === 'tableAdded'
    ? { name: difference.foreign.name, title: null, kind: difference.foreign.kind }
    : {
        name: difference.table.name,
        title: difference.table.title,
        kind: difference.table.native?.kind ?? 'table',
      };

function changeOf(difference: Difference): Omit<Change, 'tn'> {
  const thing = tableOf(difference).kind === 'view' ? 'VIEW' : 'TABLE';
  switch (difference.kind) {
    case 'tableAdded':
      return { type: `${thing}_NEW`, msg: `New ${difference.foreign.kind}` };
    case 'tableRemoved':
      return {
        type: `${thing}_REMOVE`,
        msg: `${thing === 'VIEW' ? 'View' : 'Table'} removed`,
        id: difference.table.id,
      };
    case 'tableChanged':
      return {
        type: 'TABLE_PROPS_CHANGED',
        msg: `Became a ${difference.foreign.kind}`,
        id: difference.table.id,
      };
    case 'columnAdded':
      return {
        type: `${thing}_COLUMN_ADD`,
        msg: `New column (${difference.foreign.name})`,
        cn: difference.foreign.name,
      };
    case 'columnRemoved':
      return {
        type: `${thing}_COLUMN_REMOVE`,
        msg: `Column removed (${difference.column.name})`,
        cn: difference.column.name,
        id: difference.column.id,
      };
    case 'columnChanged':
      return {
        type: difference.what.startsWith('type')
          ? `${thing}_COLUMN_TYPE_CHANGE`
          : `${thing}_COLUMN_PROPS_CHANGED`,
        msg: `Column changed (${difference.column.name}): ${difference.what}`,
        cn: difference.column.name,
        id: difference.column.id,
      };
    case 'referenceChanged':
      return {
        type: difference.reference === null ? 'TABLE_RELATION_REMOVE' : 'TABLE_RELATION_ADD',
        msg: `Foreign key ${difference.reference === null ? 'removed' : 'changed'} (${difference.column.name})`,
        cn: difference.column.name,
        id: difference.column.id,
      };
  }
}

/** The differences of one source, a table each. */
export function tellDifferences(
  source: Source,
  differences: readonly Difference[],
): readonly ToldDifference[] {
  const entries = new Map<string, Entry>();
  for (const difference of differences) {
    const { name, title, kind } = tableOf(difference);
    const entry = entries.get(name) ?? {
      tn: name,
      table_name: name,
      title,
      source_id: source.id,
      type: kind,
      detectedChanges: [],
    };
    entry.detectedChanges.push({ ...changeOf(difference), tn: name });
    entries.set(name, entry);
  }
  return [...entries.values()].map((entry) => ({ ...entry }));
}
