import type { ViewRow } from '../ports.ts';

/** The wire's number for grids. */
export const gridView = 3;

/** A grid as it is made: everybody's, every column shown. */
export const newGridView = (given: {
  readonly id: string;
  readonly tableId: string;
  readonly title: string;
  readonly order: number;
  readonly now: number;
}): ViewRow => ({
  id: given.id,
  tableId: given.tableId,
  title: given.title,
  description: null,
  type: gridView,
  isDefault: false,
  showSystemFields: false,
  lockType: 'collaborative',
  order: given.order,
  rowHeight: null,
  meta: null,
  createdBy: null,
  ownerId: null,
  createdAt: given.now,
  updatedAt: given.now,
});
