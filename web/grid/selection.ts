import { CompactSelection, type GridSelection } from '@glideapps/glide-data-grid';
import type { Area } from './pastePlan.ts';

/** What is selected, as areas of the grid. */

/** The selected areas: whole rows, or the ranges. */
export function selectedAreas(selection: GridSelection, columnCount: number): Area[] {
  if (selection.rows.length > 0)
    return selection.rows.items.map(([first, end]) => ({
      x: 0,
      y: first,
      width: columnCount,
      height: end - first,
    }));
  if (selection.current === undefined) return [];
  return [selection.current.range, ...selection.current.rangeStack];
}

export const countRows = (areas: readonly Area[]): number =>
  areas.reduce((count, area) => count + area.height, 0);

/** The selection of one area, its first cell the current one. */
export const selectRange = (area: Area): GridSelection => ({
  columns: CompactSelection.empty(),
  rows: CompactSelection.empty(),
  current: { cell: [area.x, area.y], range: area, rangeStack: [] },
});
