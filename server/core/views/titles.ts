import { AppError } from '../errors.ts';
import type { Table } from '../model.ts';
import { parseTitle, sameTitle } from '../tables/titles.ts';

/** A title no other view of the table has. Throws INVALID_REQUEST_BODY, DUPLICATE_IN_ALIAS. */
export function requireFreeViewTitle(
  table: Pick<Table, 'title' | 'views'>,
  given: string,
  except?: string,
): string {
  const title = parseTitle('view title', given);
  if (table.views.some((view) => view.id !== except && sameTitle(view.title, title))) {
    throw new AppError('DUPLICATE_IN_ALIAS', `Duplicate view title '${title}' at table '${table.title}'`);
  }
  return title;
}
