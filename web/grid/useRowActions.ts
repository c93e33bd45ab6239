import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Row } from '../api/shapes.ts';
import { bodyOfRow, type Commands } from './commands.ts';
import { fieldOf } from './field.ts';
import { countRows, selectedAreas, selectRange } from './selection.ts';
import type { RunCommands } from './useCommands.ts';
import type { ActionSetting } from './useGridActions.ts';

/** Rows that are deleted without asking: undo brings them back. */
const quietDeletes = 100;
/** Most rows of one deletion here: all of them must come back. */
export const maxDeletes = 10_000;

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface RowSetting extends ActionSetting {
  readonly commands: Commands;
  readonly run: RunCommands['run'];
}

export interface OpenRowMenu extends Point {
  readonly row: number;
}

/** What can be done with whole rows: add, open, duplicate, delete. */
export function useRowActions(setting: RowSetting) {
  const { t } = useTranslation();
  const { model, fields, table, total, selection, setSelection, commands, run, mayEdit, grid } = setting;
  const [expanded, setExpanded] = useState<number | 'new' | null>(null);
  const [rowMenu, setRowMenu] = useState<OpenRowMenu | null>(null);
  const [deleting, setDeleting] = useState<readonly string[] | null>(null);
  const shownTitles = [...new Set([...model.writes.keyTitles, ...fields.map((field) => field.title)])];
  /** Somebody must fill these in before a record can be stored. */
  const needsForm = table.columns.some((column) => {
    const field = fieldOf(column);
    const open = field.editable || (column.pk && !column.ai);
    return open && (column.rqd || column.pk) && column.cdf === null && field.type.filledBy === 'caller';
  });

  async function removeKeys(keys: readonly string[]): Promise<void> {
    await run(async () => {
      await commands.remove(keys);
      setSelection(selectRange({ x: 0, y: 0, width: 1, height: 1 }));
      notifications.show({
        message: t('grid.deleted', { count: keys.length }),
        autoClose: 6000,
        role: 'status',
      });
    });
  }

  async function removeRows(
    areas: readonly { readonly y: number; readonly height: number }[],
  ): Promise<void> {
    if (!mayEdit) return setting.onReadOnly();
    await run(async () => {
      const count = areas.reduce((sum, area) => sum + area.height, 0);
      if (count > maxDeletes) throw new Error(t('grid.deleteTooMuch', { count: maxDeletes }));
      const rows: Row[] = [];
      for (const area of areas)
        rows.push(...(await model.blocks.load(area.y, Math.min(area.y + area.height, total))));
      const keys = rows.map(model.writes.keyOf);
      if (keys.length > quietDeletes) setDeleting(keys);
      else await removeKeys(keys);
    });
  }

  async function clearAreas(): Promise<void> {
    if (!mayEdit) return setting.onReadOnly();
    await run(async () => {
      for (const area of selectedAreas(selection, fields.length)) {
        const rows = await model.blocks.load(area.y, Math.min(area.y + area.height, total));
        await commands.clear(rows, fields.slice(area.x, area.x + area.width));
      }
    });
  }

  async function addRow(): Promise<void> {
    if (!mayEdit) return setting.onReadOnly();
    if (needsForm) {
      setExpanded('new');
      return;
    }
    await run(() => commands.add('addRow', {}, shownTitles));
  }

  return {
    addRow,
    /** The new row at the end, as the grid asks for it. */
    onRowAppended: async (): Promise<undefined> => {
      await addRow();
      return undefined;
    },
    addAndShow: async (): Promise<void> => {
      const before = model.blocks.total() ?? 0;
      await addRow();
      const now = model.blocks.total() ?? 0;
      if (now <= before) return;
      // The grid knows of the row after its next drawing.
      window.setTimeout(() => {
        const x = Math.max(
          0,
          fields.findIndex((field) => field.editable),
        );
        grid.current?.scrollTo(x, now - 1);
        setSelection(selectRange({ x, y: now - 1, width: 1, height: 1 }));
        grid.current?.focus();
      }, 60);
    },
    onDelete: (): boolean => {
      if (selection.rows.length > 0) void removeRows(selectedAreas(selection, fields.length));
      else void clearAreas();
      return false; // done here, not by the grid
    },
    clearSelected: () => void clearAreas(),
    removeRow: (row: number) => {
      const areas = selectedAreas(selection, fields.length);
      const inSelection = selection.rows.hasIndex(row) && countRows(areas) > 1;
      void removeRows(inSelection ? areas : [{ y: row, height: 1 }]);
    },
    duplicateRow: (index: number) => {
      void run(async () => {
        const [row] = await model.blocks.load(index, index + 1);
        if (row === undefined) return;
        const [whole] = await model.writes.read([model.writes.keyOf(row)]);
        const open = table.columns.map(fieldOf).filter((field) => !field.column.pk);
        await commands.add('duplicateRow', bodyOfRow(whole ?? row, open), shownTitles);
      });
    },
    expanded,
    expand: (row: number | 'new' | null) => setExpanded(row),
    rowMenu,
    openRowMenu: (row: number, at: Point) => setRowMenu({ row, ...at }),
    closeRowMenu: () => setRowMenu(null),
    deleting,
    confirmDelete: () => removeKeys(deleting ?? []),
    cancelDelete: () => setDeleting(null),
  };
}
export type RowActions = ReturnType<typeof useRowActions>;
