import type { GridKeyEventArgs, Rectangle } from '@glideapps/glide-data-grid';
import type { Edited } from './cells/fieldCell.ts';
import type { Commands } from './commands.ts';
import { canonicalOf } from './field.ts';
import { goPage } from './pageKeys.ts';
import type { Area } from './pastePlan.ts';
import { selectRange } from './selection.ts';
import type { RunCommands } from './useCommands.ts';
import type { ActionSetting } from './useGridActions.ts';
import type { RowActions } from './useRowActions.ts';

interface KeySetting extends ActionSetting {
  readonly commands: Commands;
  readonly run: RunCommands['run'];
  /** Keys typed into a cell whose editor is still on its way. */
  readonly typed: { current: string };
  /** Says why nothing can be changed; true when it can. */
  readonly guard: () => boolean;
  readonly fill: (source: Area, destination: Area) => void;
  readonly rows: RowActions;
  readonly openMenuAt: (column: number, bounds: Rectangle) => void;
  readonly visible: { readonly current: Rectangle };
}

const printable = /^[\p{L}\p{M}\p{N}\p{S}\p{P}]$/u;

/** Keys that mean more here than in other grids. */
export function useGridKeys(setting: KeySetting): (event: GridKeyEventArgs) => void {
  const { model, fields, selection, commands, run, guard, fill, rows, grid, mayEdit, typed } = setting;

  function editCurrent(edited: Edited): void {
    const [col, row] = selection.current?.cell ?? [-1, -1];
    const field = fields[col];
    const values = model.blocks.rowAt(row);
    if (field === undefined || values === undefined || !field.editable || !guard()) return;
    const key = model.writes.keyOf(values);
    void run(() => commands.edit({ key, field, before: canonicalOf(field, values[field.title]) }, edited));
  }

  function fillSelection(direction: 'down' | 'right'): void {
    const range = selection.current?.range;
    if (range === undefined) return;
    const source = direction === 'down' ? { ...range, height: 1 } : { ...range, width: 1 };
    fill(source, range);
  }

  /** Whether the key did something. */
  function handle(event: GridKeyEventArgs): boolean {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const [col, row] = selection.current?.cell ?? [-1, -1];
    const mod = ctrlKey || metaKey;
    const field = fields[col];
    const exists = row >= 0 && row < setting.total;
    if (altKey && event.keyCode === 82 && !mod) {
      void rows.addAndShow();
      return true;
    }
    if (key === 'End' && mod && !altKey && !shiftKey && setting.total > 0) {
      // The grid itself would go to the line for a new row, which is always in sight.
      const [x, y] = [fields.length - 1, setting.total - 1];
      setting.setSelection(selectRange({ x, y, width: 1, height: 1 }));
      grid.current?.scrollTo(x, y);
      return true;
    }
    if (!exists || field === undefined) return false;
    const bounds = grid.current?.getBounds(col, row);
    if ((key === ' ' && !mod && !shiftKey) || (key === 'Enter' && shiftKey)) {
      rows.expand(row);
      return true;
    }
    if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) {
      rows.openRowMenu(row, { x: (bounds?.x ?? 0) + 20, y: (bounds?.y ?? 0) + (bounds?.height ?? 0) });
      return true;
    }
    if (altKey && event.keyCode === 77 && !mod) {
      const head = grid.current?.getBounds(col, -1);
      if (head !== undefined) setting.openMenuAt(col, head);
      return true;
    }
    if (mod && key.toLowerCase() === 'd') {
      fillSelection('down');
      return true;
    }
    if (mod && key.toLowerCase() === 'r' && (selection.current?.range.width ?? 1) > 1) {
      fillSelection('right');
      return true;
    }
    if (mod || altKey) return false;
    if ((key === 'PageDown' || key === 'PageUp') && !shiftKey) {
      typed.current = '';
      goPage(setting, [col, row], key === 'PageDown' ? 1 : -1);
      return true;
    }
    if (field.type.name === 'Checkbox' && key === 'Enter') {
      editCurrent({ input: model.blocks.rowAt(row)?.[field.title] !== true });
      return true;
    }
    if (field.type.name === 'Rating' && /^\d$/.test(key)) {
      editCurrent({ input: key === '0' ? null : Number(key) });
      return true;
    }
    if (printable.test(key)) {
      if (!mayEdit) return !guard();
      // Typing into what the server fills would open nothing but a reader.
      if (!field.editable || field.type.name === 'Checkbox') return true;
      typed.current += key;
      return false;
    }
    if (typed.current !== '') {
      // Faster than the editor could open: what was typed counts all the same.
      if (key === 'Enter' || key === 'Tab') editCurrent({ text: typed.current });
      typed.current = '';
    }
    return false;
  }

  return (event) => {
    if (!handle(event)) return;
    event.cancel();
    event.preventDefault();
    event.stopPropagation();
  };
}
