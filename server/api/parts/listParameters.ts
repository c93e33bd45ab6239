import { Type } from 'typebox';
import type { AnyRoute } from '../route.ts';

/** What documents say about the parameters that listQuery.ts reads. */

type Parameters = NonNullable<AnyRoute['query']>;
type Parameter = Parameters[string];

const text = (description: string, ...examples: string[]): Parameter => ({
  schema: Type.String({ examples }),
  description,
});

const where = text(
  'Filter: `(field,operator,value)`, joined with `~and`, `~or`, `~not` and parentheses; and binds tighter than or. ' +
    'To use commas, parentheses or quotes in names and values, begin with `@` and quote them: `@("My field",eq,"a, b")`. ' +
    'Repeated, all must hold.',
  '(Id,gt,5)~and(Id,lt,100)',
);

const viewId = text('A view of the table: its filters are added, its sorts apply unless `sort` is given.');

/** Parameters of routes that choose records: counts, aggregates, groups. */
export const selectionParameters: Parameters = {
  where,
  filterArrJson: text('More filters, as a JSON array of filter rows.', '[]'),
  viewId,
};

/** Parameters of routes that show one record. */
export const readParameters: Parameters = {
  fields: text('Fields to answer, by title or id, separated by commas; all without it.'),
};

/** Parameters of routes that list records. */
export const listParameters: Parameters = {
  ...readParameters,
  sort: text('Fields to sort by, separated by commas; `-` before a field for descending order.', '-Id'),
  sortArrJson: text(
    'Sorting as a JSON array; used without `sort`.',
    '[{"fk_column_id":"c1","direction":"asc"}]',
  ),
  ...selectionParameters,
  limit: {
    schema: Type.Integer({ minimum: 1, examples: [25] }),
    description:
      'Records of a page. What is no number, or too large, is brought within the bounds of the instance.',
  },
  offset: {
    schema: Type.Integer({ minimum: 0, examples: [0] }),
    description: 'Records to skip. Past the end the page is empty.',
  },
  page: {
    schema: Type.Integer({ minimum: 1, examples: [1] }),
    description: 'Page counted from 1; wins over `offset`.',
  },
  shuffle: { schema: Type.String({ enum: ['0', '1'] }), description: '1: random order.' },
  pks: text('Only the records with these primary keys, separated by commas.', '1,2,3'),
};
