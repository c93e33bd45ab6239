import type { AnyColumnType } from '../../../columnTypes/columnType.ts';
import { choicesOf } from './choices.ts';

interface Displayable {
  readonly type: AnyColumnType;
  readonly options: unknown;
  readonly display: boolean;
  readonly system: boolean;
  readonly key: boolean;
}

const isTextLike = ({ type, options }: Displayable): boolean =>
  type.storage === 'text' &&
  type.json === 'string' &&
  type.filledBy === 'caller' &&
  choicesOf(options) === undefined;

/**
 * The column that stands for a record: the marked one, else the first of text,
 * else the first the caller fills, else the key.
 */
export function chooseDisplay<T extends Displayable>(columns: readonly T[]): T | undefined {
  const own = columns.filter((column) => !column.system);
  return (
    columns.find((column) => column.display) ??
    own.find((column) => isTextLike(column)) ??
    own.find((column) => !column.key && column.type.filledBy === 'caller') ??
    own.find((column) => column.key)
  );
}
