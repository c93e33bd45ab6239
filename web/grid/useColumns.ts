import type { GridColumn } from '@glideapps/glide-data-grid';
import { useCallback, useMemo, useState } from 'react';
import type { ViewState } from '../views/useView.ts';
import { headerIconOf } from './headerIcons.ts';

/** The heads of the columns: widths and places are kept in the view. */
export function useColumns(state: ViewState, mayEdit: boolean) {
  const [resizing, setResizing] = useState<{ readonly id: string; readonly width: number } | null>(null);
  const shown = state.columns;
  const columns = useMemo<GridColumn[]>(
    () =>
      shown.map(({ column, width }) => ({
        id: column.id,
        title: column.title,
        width: resizing?.id === column.id ? resizing.width : width,
        icon: headerIconOf(column.uidt),
        hasMenu: true,
        ...(mayEdit ? { trailingRowOptions: { disabled: false } } : {}),
      })),
    [shown, resizing, mayEdit],
  );
  const onResize = useCallback((column: GridColumn, width: number) => {
    setResizing({ id: column.id ?? '', width });
  }, []);
  const { setWidth, move } = state;
  const onResizeEnd = useCallback(
    (column: GridColumn, width: number) => {
      setWidth(column.id ?? '', width);
      setResizing(null);
    },
    [setWidth],
  );
  const onMoved = useCallback(
    (from: number, to: number) => {
      const column = shown[from];
      if (column !== undefined) move(column.column.id, to);
    },
    [shown, move],
  );
  return { columns, onResize, onResizeEnd, onMoved };
}
