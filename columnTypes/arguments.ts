import { type FilterArgument, InvalidFilter, type Operator } from './columnType.ts';
import { findTextFault, shorten } from './texts.ts';

/** An operator that no option changes: fits every type. */
export type AnyOperator = Operator<unknown>;
export type OperatorTable = Readonly<Record<string, AnyOperator>>;

/**
 * Operators by name, without the names every object inherits, so that looking
 * up 'constructor' finds nothing.
 */
export const operatorTable = (...tables: readonly OperatorTable[]): OperatorTable =>
  Object.freeze(Object.assign(Object.create(null), ...tables));

/** @param why a sentence for a person: what is wrong and what to give instead */
export const refuseValue = (given: string, why: string): InvalidFilter =>
  new InvalidFilter('unsupportedValue', shorten(given), why);

/** Throws InvalidFilter for texts that no database column can hold. */
export function checkText(text: string): string {
  const fault = findTextFault(text);
  if (fault !== undefined) throw refuseValue(text, `The value of a filter ${fault}.`);
  return text;
}

/** Whether the argument is the bare null of the newer grammar. */
export const isNullArgument = (argument: FilterArgument): boolean =>
  argument.items.length === 1 && argument.items[0] === null;

/** The one value of an operator: a quoted one without its quotes. Throws InvalidFilter when there is none. */
export function oneText(argument: FilterArgument): string {
  const [only] = argument.items;
  const text = argument.items.length === 1 && typeof only === 'string' ? only : argument.text;
  if (text === null || isNullArgument(argument)) {
    throw refuseValue('null', 'This operator needs a value, e.g. (Field,gt,5).');
  }
  return checkText(text);
}

/** The values of a list operator; null stands for an empty cell. Throws InvalidFilter when there are none. */
export function manyTexts(argument: FilterArgument): (string | null)[] {
  if (argument.items.length === 0)
    throw refuseValue('null', 'This operator needs a list of values, e.g. (Field,in,a,b).');
  return argument.items.map((item) => (item === null ? null : checkText(item)));
}

/** The two values of btw and nbtw. Throws InvalidFilter. */
export function twoTexts(argument: FilterArgument): readonly [string, string] {
  const [low, high, ...rest] = argument.items;
  if (typeof low !== 'string' || typeof high !== 'string' || rest.length > 0) {
    throw refuseValue(
      argument.text ?? 'null',
      'This operator needs exactly two values, e.g. (Field,btw,1,5).',
    );
  }
  return [checkText(low), checkText(high)];
}
