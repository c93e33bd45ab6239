import type { DataEditorRef, Item, Rectangle } from '@glideapps/glide-data-grid';
import { selectRange } from './selection.ts';
import type { ActionSetting } from './useGridActions.ts';

/** Rows of the last page that stay in sight. */
const overlap = 4;

/** The row that Page Down (1) or Page Up (-1) leads to; never past the last record. */
export function pageTarget(row: number, direction: 1 | -1, height: number, total: number): number {
  const target = row + direction * Math.max(1, height - overlap);
  return Math.max(0, Math.min(target, total - 1));
}

interface PageSetting extends Pick<ActionSetting, 'container' | 'setSelection' | 'total'> {
  readonly grid: { readonly current: DataEditorRef | null };
  readonly visible: { readonly current: Rectangle };
}

/**
 * Goes a page up or down. The grid would draw the new selection first and the
 * scrolled rows after it; told of the scroll in the same turn, it draws once.
 */
export function goPage(setting: PageSetting, [col, row]: Item, direction: 1 | -1): void {
  const { grid, container, visible, setSelection, total } = setting;
  const y = pageTarget(row, direction, visible.current.height, total);
  grid.current?.scrollTo(col, y);
  container.current?.querySelector('.dvn-scroller')?.dispatchEvent(new Event('scroll'));
  setSelection(selectRange({ x: col, y, width: 1, height: 1 }));
}
