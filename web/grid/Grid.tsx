import '@glideapps/glide-data-grid/dist/index.css';
import {
  DataEditorCore,
  type DataEditorRef,
  emptyGridSelection,
  type GridSelection,
  loadingCellRenderer,
  markerCellRenderer,
  newRowCellRenderer,
} from '@glideapps/glide-data-grid';
import { Box } from '@mantine/core';
import { type RefObject, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Table } from '../api/shapes.ts';
import { AddColumn } from '../views/AddColumn.tsx';
import type { ViewState } from '../views/useView.ts';
import { fieldRenderer } from './cells/fieldRenderer.ts';
import { ExpandButton } from './ExpandButton.tsx';
import { provideEditor } from './editors/provideEditor.ts';
import { type Field, fieldOf } from './field.ts';
import classes from './Grid.module.css';
import { GridDialogs } from './GridDialogs.tsx';
import { GridContextValue } from './gridContext.ts';
import { headerIcons } from './headerIcons.ts';
import type { GridModel } from './model.ts';
import { imageLoader } from './noImages.ts';
import { useColumns } from './useColumns.ts';
import { useGridActions } from './useGridActions.ts';
import type { GridTheme } from './useGridTheme.ts';

export interface GridProps {
  readonly table: Table;
  readonly state: ViewState;
  readonly model: GridModel;
  readonly total: number;
  readonly theme: GridTheme;
  readonly locale: string;
  readonly mayEdit: boolean;
  readonly mayAlter: boolean;
  readonly onReadOnly: () => void;
}

/** Of the column with the row numbers, in pixels. */
export const markerWidth = 56;

const heights = { short: 34, medium: 56, tall: 90, extra: 124 } as const;
const builtIn = [loadingCellRenderer, markerCellRenderer, newRowCellRenderer] as never[];

/** Keys that the grid listens to itself. */
const keybindings = {
  activateCell: 'Enter|F2',
  delete: 'Delete|Backspace',
  copy: false,
  cut: false,
  paste: false,
  search: false,
  downFill: false,
  rightFill: false,
} as const;

const rightElementProps = { fill: false, sticky: false } as const;

/** The rows of a view as a spreadsheet. */
export function Grid(props: GridProps) {
  const { table, state, model, total, theme, locale, mayEdit } = props;
  const { t } = useTranslation();
  const grid = useRef<DataEditorRef>(null);
  const container = useRef<HTMLDivElement>(null);
  const [selection, setSelection] = useState<GridSelection>(emptyGridSelection);
  const fields = useMemo<readonly Field[]>(
    () => state.columns.map(({ column }) => fieldOf(column)),
    [state.columns],
  );
  const columns = useColumns(state, mayEdit);
  const typed = useRef('');
  const actions = useGridActions({ ...props, fields, grid, container, selection, setSelection, typed });
  const renderers = useMemo(() => [fieldRenderer(theme.colors)], [theme.colors]);
  const context = useMemo(
    () => ({ locale, people: model.context.people, typed }),
    [locale, model.context.people],
  );
  const frozen = useFrozen(state, container);
  // The same objects as long as nothing changed: each step through the cells draws less.
  const rowMarkers = useMemo(
    () => ({ kind: 'both', width: markerWidth, theme: { textLight: theme.theme.textMedium ?? '' } }) as const,
    [theme],
  );
  const newRow = useMemo(() => {
    const first = fields.findIndex((field) => field.editable);
    return { hint: t('grid.newRow'), sticky: true, tint: true, targetColumn: Math.max(0, first) };
  }, [fields, t]);
  const addColumn = useMemo(
    () =>
      props.mayAlter ? (
        <div className={classes.addColumn}>
          <AddColumn tableId={table.id} />
        </div>
      ) : undefined,
    [props.mayAlter, table.id],
  );

  return (
    <GridContextValue value={context}>
      <Box
        ref={container}
        className={classes.grid}
        role="region"
        aria-label={t('grid.label', { title: table.title })}
      >
        <DataEditorCore
          ref={grid}
          width="100%"
          height="100%"
          theme={theme.theme}
          columns={columns.columns}
          rows={total}
          getCellContent={actions.getCellContent}
          onVisibleRegionChanged={actions.onVisibleRegionChanged}
          renderers={builtIn}
          customRenderers={renderers}
          headerIcons={headerIcons}
          imageWindowLoader={imageLoader}
          provideEditor={provideEditor}
          gridSelection={selection}
          onGridSelectionChange={setSelection}
          rowMarkers={rowMarkers}
          rangeSelect="multi-rect"
          columnSelect="none"
          rowSelect="multi"
          rowSelectionMode="multi"
          keybindings={keybindings}
          rowHeight={heights[state.rowHeight]}
          headerHeight={36}
          freezeColumns={frozen}
          smoothScrollX
          smoothScrollY
          minColumnWidth={60}
          maxColumnWidth={1000}
          overscrollX={160}
          scrollToActiveCell
          fillHandle={mayEdit}
          allowedFillDirections="any"
          onFillPattern={actions.onFillPattern}
          onCellEdited={actions.onCellEdited}
          onDelete={actions.onDelete}
          onKeyDown={actions.onKeyDown}
          onCellClicked={actions.onCellClicked}
          onCellContextMenu={actions.onCellContextMenu}
          onHeaderClicked={actions.onHeaderClicked}
          onHeaderMenuClick={actions.onHeaderMenuClick}
          onHeaderContextMenu={actions.onHeaderClicked}
          onItemHovered={actions.hover.onItemHovered}
          onColumnResize={columns.onResize}
          onColumnResizeEnd={columns.onResizeEnd}
          {...(state.readOnly ? {} : { onColumnMoved: columns.onMoved })}
          {...(mayEdit
            ? {
                onRowAppended: actions.onRowAppended,
                trailingRowOptions: newRow,
              }
            : {})}
          rightElement={addColumn}
          rightElementProps={rightElementProps}
        />
        <ExpandButton
          hover={actions.hover}
          atStart={fields[0]?.isNumeric === true}
          onExpand={actions.expand}
        />
        <GridDialogs {...props} fields={fields} actions={actions} onFocus={() => grid.current?.focus()} />
      </Box>
    </GridContextValue>
  );
}

/** Frozen columns, none where they would fill the screen. */
function useFrozen(state: ViewState, container: RefObject<HTMLDivElement | null>): number {
  const width = container.current?.clientWidth ?? window.innerWidth;
  const frozen = state.columns.slice(0, state.frozen).reduce((sum, column) => sum + column.width, 60);
  return frozen > width * 0.7 ? 0 : state.frozen;
}
