import type {
  CellClickedEventArgs,
  DataEditorRef,
  EditableGridCell,
  FillPatternEventArgs,
  GridSelection,
  HeaderClickedEventArgs,
  Item,
  Rectangle,
} from '@glideapps/glide-data-grid';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Column } from '../api/shapes.ts';
import { isTyping } from '../ui/shortcuts.ts';
import type { FieldCell } from './cells/fieldCell.ts';
import { canonicalOf, type Field, fieldOf } from './field.ts';
import { planFill } from './fill.ts';
import type { GridProps } from './Grid.tsx';
import type { Area } from './pastePlan.ts';
import { selectRange } from './selection.ts';
import { useCells } from './useCells.ts';
import { useClipboard } from './useClipboard.ts';
import { useCommands } from './useCommands.ts';
import { useGridKeys } from './useGridKeys.ts';
import { useHover } from './useHover.ts';
import { usePaste } from './usePaste.ts';
import { useRowActions } from './useRowActions.ts';

export interface ActionSetting extends GridProps {
  readonly fields: readonly Field[];
  readonly grid: RefObject<DataEditorRef | null>;
  readonly container: RefObject<HTMLElement | null>;
  readonly selection: GridSelection;
  readonly setSelection: (selection: GridSelection) => void;
  readonly typed: { current: string };
}

export interface OpenColumnMenu {
  readonly column: Column;
  readonly anchor: Rectangle;
}

/** What the grid does when people use it. */
export function useGridActions(setting: ActionSetting) {
  const { model, table, fields, locale, theme, state, mayEdit, total, grid, container } = setting;
  const { selection, setSelection } = setting;
  const cells = useCells(
    {
      model,
      fields,
      locale,
      wrap: state.rowHeight !== 'short',
      mayEdit,
      refusedColor: theme.colors.refused,
    },
    grid,
  );
  const tableFields = table.columns.map(fieldOf);
  const { commands, run, undo, redo } = useCommands(model, locale, tableFields, cells.flash);
  const [columnMenu, setColumnMenu] = useState<OpenColumnMenu | null>(null);
  const hover = useHover();
  const select = (area: Area): void => setSelection(selectRange(area));
  const paste = usePaste({ model, commands, fields, locale, total, run, onPasted: select });
  const rows = useRowActions({ ...setting, commands, run });

  function guard(): boolean {
    if (!mayEdit) setting.onReadOnly();
    return mayEdit;
  }

  function onCellEdited(_item: Item, cell: EditableGridCell): void {
    const { data } = cell as unknown as FieldCell;
    if (data.edited === undefined || !guard()) return;
    const { field, rowKey: key } = data;
    const { edited } = data;
    void run(() => commands.edit({ key, field, before: canonicalOf(field, data.cell) }, edited));
  }

  function fill(source: Area, destination: Area): void {
    if (!guard()) return;
    const top = Math.min(source.y, destination.y);
    const end = Math.max(source.y + source.height, destination.y + destination.height);
    void run(async () => {
      const loaded = await model.blocks.load(top, Math.min(end, total));
      await commands.change('fill', planFill(source, destination, top, loaded, fields, model.writes));
    });
  }

  function onFillPattern(event: FillPatternEventArgs): void {
    event.preventDefault();
    fill(event.patternSource, event.fillDestination);
  }

  useClipboard({
    model,
    fields,
    locale,
    selection,
    container,
    mayEdit,
    onPaste: (texts, area) => void paste.paste(texts, area),
    onClear: () => rows.clearSelected(),
    onReadOnly: setting.onReadOnly,
  });
  const openMenuAt = (col: number, bounds: Rectangle): void => {
    const column = state.columns[col]?.column;
    if (column !== undefined) setColumnMenu({ column, anchor: bounds });
  };
  const { visible } = cells;
  const onKeyDown = useGridKeys({ ...setting, guard, run, commands, fill, rows, openMenuAt, visible });
  const { clear: clearHover } = hover;
  const { onVisibleRegionChanged: showRegion } = cells;
  // The same function every time: another one makes the grid measure itself again.
  const onVisibleRegionChanged = useCallback(
    (region: Rectangle) => {
      clearHover();
      showRegion(region);
    },
    [clearHover, showRegion],
  );
  useUndoKeys(undo, redo);

  return {
    ...rows,
    hover,
    paste,
    commands,
    run,
    columnMenu,
    closeColumnMenu: () => {
      setColumnMenu(null);
      grid.current?.focus();
    },
    getCellContent: cells.getCellContent,
    onVisibleRegionChanged,
    onCellEdited,
    onFillPattern,
    onKeyDown,
    onHeaderClicked: (col: number, event: HeaderClickedEventArgs) => {
      event.preventDefault();
      openMenuAt(col, event.bounds);
    },
    onHeaderMenuClick: (col: number, bounds: Rectangle) => openMenuAt(col, bounds),
    onCellClicked: ([, row]: Item, event: CellClickedEventArgs) => {
      // A click on the selected cell changes nothing for the grid, but keys are meant for it from now on.
      const focused = document.activeElement;
      const isElsewhere = container.current?.contains(focused) !== true;
      if (isElsewhere && focused?.closest('#portal, [data-portal]') == null) grid.current?.focus();
      if (event.isLongTouch !== true || row < 0) return;
      event.preventDefault();
      rows.openRowMenu(row, { x: event.bounds.x + event.localEventX, y: event.bounds.y + event.localEventY });
    },
    onCellContextMenu: ([, row]: Item, event: CellClickedEventArgs) => {
      event.preventDefault();
      rows.openRowMenu(row, { x: event.bounds.x + event.localEventX, y: event.bounds.y + event.localEventY });
    },
  };
}
export type GridActions = ReturnType<typeof useGridActions>;

/** Undo and redo anywhere on the page but where text is typed. */
function useUndoKeys(undo: () => Promise<void>, redo: () => Promise<void>): void {
  const now = useRef({ undo, redo });
  now.current = { undo, redo };
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      const again = key === 'y' || event.shiftKey;
      void (again ? now.current.redo() : now.current.undo());
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
