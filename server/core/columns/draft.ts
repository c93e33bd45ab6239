import { type AnyColumnType, InvalidValue, type ParseContext } from '../../../columnTypes/columnType.ts';
import { columnTypes, findColumnType } from '../../../columnTypes/index.ts';
import { AppError } from '../errors.ts';
import type { ColumnRow } from '../ports.ts';
import { type Meta, parseDescription, parseMeta, parseTitle } from '../tables/titles.ts';
import { completeChoices, type NewOptionId } from './choices.ts';

/** A column as a caller describes it; `title` or `name` is needed. */
export interface ColumnInput {
  readonly title?: string | undefined;
  /** Wish for the physical name; made safe and unique. */
  readonly name?: string | undefined;
  readonly type: string;
  /** What the type's `options.parse` reads, besides what it finds in `meta`. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** Kept as given. */
  readonly meta?: Meta | null | undefined;
  readonly description?: string | null | undefined;
  /** JSON value the type understands; null and the empty string are none. */
  readonly defaultValue?: unknown;
  readonly key?: boolean | undefined;
  readonly autoIncrement?: boolean | undefined;
  readonly display?: boolean | undefined;
  readonly required?: boolean | undefined;
  readonly unique?: boolean | undefined;
  readonly references?: ColumnRow['references'] | undefined;
}

/** What may change of a column; what is absent stays. */
export type ColumnChanges = Partial<ColumnInput> & { readonly order?: number | undefined };

/** A checked column that has no place in a table yet. */
export interface ColumnDraft
  extends Omit<
    ColumnRow,
    'id' | 'baseId' | 'tableId' | 'name' | 'type' | 'order' | 'createdAt' | 'updatedAt'
  > {
  readonly type: AnyColumnType;
  readonly wantedName: string;
}

export interface DraftContext {
  readonly parse: ParseContext;
  readonly newOptionId: NewOptionId;
}

/** The wire's types that hold no value of their own here, or nothing yet. */
const unavailable = new Set(
  (
    'Links LinkToAnotherRecord Lookup Rollup Formula QrCode Barcode Button Attachment Geometry ForeignKey Count ' +
    'Collaborator SpecificDBType AI Meta'
  ).split(' '),
);

/** Throws INVALID_REQUEST_BODY naming the valid types. */
export function requireColumnType(name: string): AnyColumnType {
  const type = findColumnType(name);
  if (type !== undefined) return type;
  const valid = columnTypes.map((each) => each.name).join(', ');
  const problem = unavailable.has(name)
    ? `The field type '${name}' is not available on this server`
    : `'${name.slice(0, 60).toWellFormed()}' is not a field type`;
  throw new AppError('INVALID_REQUEST_BODY', `${problem}. Valid types (uidt): ${valid}`);
}

/** Options live in `meta` or apart from it; those apart count more. */
export const mergeOptions = (meta: Meta | null | undefined, options: ColumnInput['options']): Meta => ({
  ...meta,
  ...options,
});

/** Throws INVALID_REQUEST_BODY for options the type refuses. */
export function parseOptions(
  title: string,
  type: AnyColumnType,
  given: unknown,
  newOptionId: NewOptionId,
): Record<string, unknown> {
  try {
    return type.options.parse(completeChoices(given, newOptionId));
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    throw new AppError('INVALID_REQUEST_BODY', `Field '${title}' ${error.phrase}`);
  }
}

/** A default as text that the type reads back; null for none. Throws INVALID_VALUE_FOR_FIELD. */
export function parseDefault(
  title: string,
  type: AnyColumnType,
  options: unknown,
  given: unknown,
  context: ParseContext,
): string | null {
  if (given === undefined || given === null || given === '') return null;
  if (type.filledBy !== 'caller') {
    throw new AppError(
      'COLUMN_OP_FAILED',
      `Field '${title}' is filled by the server and takes no default value`,
    );
  }
  try {
    const value = type.parse(given, options, context);
    return value === null ? null : type.format(value, options);
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    throw new AppError(
      'INVALID_VALUE_FOR_FIELD',
      `The default value is refused: field '${title}' ${error.phrase}`,
    );
  }
}

/** Whether equality of stored values means what people mean by it. */
export function requireComparable(title: string, type: AnyColumnType, purpose: 'unique' | 'a key'): void {
  const comparable = type.storage !== 'json' && !['list', 'people', 'person', 'json'].includes(type.json);
  if (!comparable) {
    throw new AppError('COLUMN_OP_FAILED', `Field '${title}' of type ${type.name} cannot be ${purpose}`);
  }
}

function requireKeyable(title: string, type: AnyColumnType): void {
  requireComparable(title, type, 'a key');
  if (!['caller', 'key', 'uuid'].includes(type.filledBy) || type.storage === 'boolean') {
    throw new AppError('COLUMN_OP_FAILED', `Field '${title}' of type ${type.name} cannot be a key`);
  }
}

/** Checks everything about a new column but its uniqueness in a table. */
export function draftColumn(input: ColumnInput, context: DraftContext): ColumnDraft {
  const given = input.title?.trim() ? input.title : input.name;
  if (given === undefined) {
    throw new AppError(
      'INVALID_REQUEST_BODY',
      'A field has neither `title` nor `column_name`: give one of them',
    );
  }
  const title = parseTitle('field title', given);
  const type = requireColumnType(input.type);
  const options = parseOptions(title, type, mergeOptions(input.meta, input.options), context.newOptionId);
  const key = input.key === true || type.filledBy === 'key';
  if (key) requireKeyable(title, type);
  if (input.unique === true) requireComparable(title, type, 'unique');
  return {
    title,
    wantedName: input.name ?? title,
    type,
    options,
    meta: parseMeta(input.meta ?? null),
    key,
    autoIncrement:
      key && type.storage === 'integer' && (input.autoIncrement === true || type.filledBy === 'key'),
    display: input.display === true,
    required: key || input.required === true,
    unique: input.unique === true && !key,
    system: false,
    defaultValue: parseDefault(title, type, options, input.defaultValue, context.parse),
    description: parseDescription(input.description ?? null),
    references: input.references ?? null,
  };
}
