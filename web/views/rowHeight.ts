import type { View } from '../api/shapes.ts';

export const rowHeights = ['short', 'medium', 'tall', 'extra'] as const;
export type RowHeight = (typeof rowHeights)[number];

/** Lines of a row on the wire. */
export const linesOf: Readonly<Record<RowHeight, number>> = { short: 1, medium: 2, tall: 4, extra: 6 };

/** How tall the rows of a view are; other clients may have asked for any number of lines. */
export function rowHeightOf(view: View | undefined): RowHeight {
  const lines = Number(view?.view?.row_height ?? 1);
  if (!(lines > 1)) return 'short';
  return lines < 4 ? 'medium' : lines < 6 ? 'tall' : 'extra';
}
