import type { ColumnDraft, ColumnInput } from '../columns/draft.ts';
import { sameTitle } from './titles.ts';

type SystemColumn = ColumnInput & { readonly title: string; readonly name: string };

/** The key a table gets when its creator names none. */
export const idColumn: SystemColumn = {
  title: 'Id',
  name: 'id',
  type: 'ID',
  key: true,
  autoIncrement: true,
};

/** What the server keeps of every record; the titles are the wire's. */
export const systemColumns: readonly SystemColumn[] = [
  { title: 'CreatedAt', name: 'created_at', type: 'CreatedTime' },
  { title: 'UpdatedAt', name: 'updated_at', type: 'LastModifiedTime' },
  { title: 'nc_created_by', name: 'created_by', type: 'CreatedBy' },
  { title: 'nc_updated_by', name: 'updated_by', type: 'LastModifiedBy' },
  { title: 'nc_order', name: 'nc_order', type: 'Order' },
];

/** A client that sends a whole table back names the automatic columns too: those are ours, not new ones. */
export const isSystemColumn = (draft: ColumnDraft): boolean =>
  systemColumns.some((own) => own.type === draft.type.name && sameTitle(own.title, draft.title));

/** The caller's titles come first: an automatic column gives way to a column of data. */
export function chooseSystemTitle(title: string, taken: readonly string[]): string {
  const free = (wanted: string): boolean => !taken.some((other) => sameTitle(other, wanted));
  if (free(title)) return title;
  for (let n = 1; ; n += 1) if (free(`${title}_${n}`)) return `${title}_${n}`;
}
