import {
  type DataEditorRef,
  type GridCell,
  GridCellKind,
  type Item,
  type Rectangle,
} from '@glideapps/glide-data-grid';
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Row } from '../api/shapes.ts';
import { fieldCell } from './cells/fieldCell.ts';
import type { Field } from './field.ts';
import type { GridModel } from './model.ts';

interface CellsSetting {
  readonly model: GridModel;
  readonly fields: readonly Field[];
  readonly locale: string;
  readonly wrap: boolean;
  readonly mayEdit: boolean;
  /** Behind a cell whose edit was refused. */
  readonly refusedColor: string;
}

interface DrawnRow {
  readonly key: string;
  readonly cells: (GridCell | undefined)[];
}

const blank: GridCell = { kind: GridCellKind.Loading, allowOverlay: false };
const skeleton: GridCell = {
  kind: GridCellKind.Loading,
  allowOverlay: false,
  skeletonWidth: 90,
  skeletonWidthVariability: 50,
  skeletonHeight: 10,
};

/** How long a refused cell stays marked. */
const flashTime = 2500;
/** What comes sooner needs no skeleton. */
const skeletonAfter = 150;

const flashKey = (key: string, field: Field): string => `${field.column.id} ${key}`;

/** The cells of the grid from the rows of the model, drawn again where rows change. */
export function useCells(setting: CellsSetting, grid: RefObject<DataEditorRef | null>) {
  const { model, fields, locale, wrap, mayEdit, refusedColor } = setting;
  const visible = useRef<Rectangle>({ x: 0, y: 0, width: 0, height: 0 });
  const refused = useRef(new Set<string>());
  const waiting = useRef<{ shown: boolean; timer?: number }>({ shown: false });
  // A new identity makes the hidden table for screen readers be written again.
  const [read, setRead] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: cells of other settings look different
  const drawn = useMemo(() => new WeakMap<Row, DrawnRow>(), [fields, locale, wrap, mayEdit]);

  const drawnRow = useCallback(
    (row: Row): DrawnRow => {
      const known = drawn.get(row);
      if (known !== undefined) return known;
      const fresh = { key: model.writes.keyOf(row), cells: [] };
      drawn.set(row, fresh);
      return fresh;
    },
    [drawn, model],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: read changes when rows have come
  const getCellContent = useCallback(
    ([col, index]: Item): GridCell => {
      const row = model.blocks.rowAt(index);
      const field = fields[col];
      const cell = field === undefined ? undefined : row?.[field.title];
      if (row === undefined || field === undefined || cell === undefined)
        return waiting.current.shown ? skeleton : blank;
      const { key, cells } = drawnRow(row);
      const known = cells[col] ?? fieldCell(field, cell, key, { locale, wrap, mayEdit });
      cells[col] = known;
      return refused.current.has(flashKey(key, field))
        ? { ...known, themeOverride: { bgCell: refusedColor } }
        : known;
    },
    [model, fields, drawnRow, locale, wrap, mayEdit, refusedColor, read],
  );

  const redraw = useCallback(
    (first: number, end: number) => {
      const { x, y, width, height } = visible.current;
      const cells: { cell: Item }[] = [];
      for (let row = Math.max(first, y); row < Math.min(end, y + height + 1); row += 1)
        for (let col = 0; col < fields.length; col += 1)
          if ((col >= x && col <= x + width) || col < 3) cells.push({ cell: [col, row] });
      if (cells.length > 0) grid.current?.updateCells(cells);
    },
    [fields.length, grid],
  );
  const redrawVisible = useCallback(
    () => redraw(visible.current.y, visible.current.y + visible.current.height + 1),
    [redraw],
  );

  const watchMissing = useCallback(() => {
    const state = waiting.current;
    if (!model.blocks.isMissing()) {
      window.clearTimeout(state.timer);
      waiting.current = { shown: false };
    } else if (state.timer === undefined) {
      state.timer = window.setTimeout(() => {
        waiting.current = { shown: true, timer: 0 };
        redrawVisible();
      }, skeletonAfter);
    }
  }, [model, redrawVisible]);

  useEffect(() => {
    let timer: number | undefined;
    const stop = model.onRows((first, end) => {
      watchMissing();
      redraw(first, end);
      window.clearTimeout(timer);
      timer = window.setTimeout(() => setRead((count) => count + 1), 150);
    });
    return () => {
      stop();
      window.clearTimeout(timer);
      window.clearTimeout(waiting.current.timer);
    };
  }, [model, redraw, watchMissing]);

  const onVisibleRegionChanged = useCallback(
    (region: Rectangle) => {
      visible.current = region;
      model.blocks.show(region.y, region.y + region.height + 1);
      watchMissing();
    },
    [model, watchMissing],
  );

  /** Marks cells whose edit was refused, for a moment. */
  const flash = useCallback(
    (cells: readonly { readonly key: string; readonly field: Field }[]) => {
      const keys = cells.slice(0, 1000).map(({ key, field }) => flashKey(key, field));
      for (const key of keys) refused.current.add(key);
      redrawVisible();
      window.setTimeout(() => {
        for (const key of keys) refused.current.delete(key);
        redrawVisible();
      }, flashTime);
    },
    [redrawVisible],
  );

  return { getCellContent, onVisibleRegionChanged, flash, visible };
}
