import { type Static, Type } from 'typebox';
import { AppError } from '../../core/errors.ts';
import { maxFilterDepthOfView, maxFiltersOfView } from '../../core/tables/limits.ts';
import type { FilterInput } from '../../core/views/filters.ts';
import { checkBody } from '../validate.ts';
import { readFlag } from './looseValues.ts';
import { looseFlag, nullable, optionalText } from './metaSchemas.ts';

const scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);
const word = Type.Optional(nullable(Type.String({ pattern: '^[A-Za-z_]{0,40}$' })));

/** What clients send of a filter; members that are not here are ignored, so rows can be echoed. */
export const filterItem = Type.Object({
  fk_column_id: Type.Optional(optionalText),
  comparison_op: word,
  comparison_sub_op: word,
  value: Type.Optional(Type.Union([scalar, Type.Array(scalar, { maxItems: 1000 })])),
  logical_op: Type.Optional(nullable(Type.String({ pattern: '^(?:[aA][nN][dD]|[oO][rR]|)$' }))),
  is_group: Type.Optional(looseFlag),
  enabled: Type.Optional(looseFlag),
  order: Type.Optional(nullable(Type.Number())),
  fk_parent_id: Type.Optional(optionalText),
  children: Type.Optional(
    nullable(
      Type.Array(Type.Record(Type.String(), Type.Unknown()), { description: 'Filters of a group, alike.' }),
    ),
  ),
});
type Item = Static<typeof filterItem>;

const longestValue = 10_000;

const asText = (value: Static<typeof scalar>): string | null => (value === null ? null : String(value));

function readValue(given: Item['value']): FilterInput['value'] {
  if (given === undefined) return undefined;
  const value = Array.isArray(given) ? given.map(asText) : asText(given);
  if (JSON.stringify(value).length > longestValue)
    throw new AppError(
      'UNPROCESSABLE',
      `The value of a filter is too long: at most ${longestValue} characters`,
    );
  return value;
}

function readLogic(given: Item['logical_op']): FilterInput['logic'] {
  if (given === undefined) return undefined;
  const logic = given?.toLowerCase();
  return logic === 'and' || logic === 'or' ? logic : null;
}

/** One filter without what is under it. */
export const decodeFilterChanges = (item: Item): Omit<FilterInput, 'children'> => ({
  column: item.fk_column_id,
  operator: item.comparison_op,
  subOperator: item.comparison_sub_op,
  value: readValue(item.value),
  logic: readLogic(item.logical_op),
  group: readFlag(item.is_group),
  enabled: readFlag(item.enabled),
  order: item.order ?? undefined,
  parentId: item.fk_parent_id === '' ? null : item.fk_parent_id,
});

/**
 * A filter with everything under it. Throws INVALID_REQUEST_BODY, and
 * UNPROCESSABLE when there is more of it than a view may have.
 */
export function decodeFilter(item: Item): FilterInput {
  let count = 0;
  function decode(each: Item, depth: number): FilterInput {
    count += 1;
    if (count > maxFiltersOfView || depth > maxFilterDepthOfView) {
      throw new AppError(
        'UNPROCESSABLE',
        `Too many filters: at most ${maxFiltersOfView} of a view, nested ${maxFilterDepthOfView} levels deep`,
      );
    }
    const children = (each.children ?? []).map((child) => {
      checkBody(filterItem, child);
      return decode(child as Item, depth + 1);
    });
    return { ...decodeFilterChanges(each), children };
  }
  return decode(item, 1);
}
