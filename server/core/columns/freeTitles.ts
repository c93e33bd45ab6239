import { AppError } from '../errors.ts';

const duplicate = (title: string, table: string, baseId: string): AppError =>
  new AppError(
    'DUPLICATE_IN_ALIAS',
    `Duplicate column alias '${title}' at table '${table}', base '${baseId}'`,
  );

/** Throws DUPLICATE_IN_ALIAS when two of the columns share a title, whatever its case. */
export function requireFreeTitles(
  columns: readonly { readonly title: string }[],
  table: { readonly title: string; readonly baseId: string },
): void {
  const seen = new Set<string>();
  for (const { title } of columns) {
    if (seen.has(title.toLowerCase())) throw duplicate(title, table.title, table.baseId);
    seen.add(title.toLowerCase());
  }
}
