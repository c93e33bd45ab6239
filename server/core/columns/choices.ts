import type { AnyColumnType } from '../../../columnTypes/columnType.ts';

/** Options that hold a list of choices under `options`, as selects do. */
export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly color?: string;
}

/** Whether columns of the type hold a list of choices. */
export function takesChoices(type: AnyColumnType): boolean {
  const { properties } = type.options.schema;
  return isRecord(properties) && Object.hasOwn(properties, 'options');
}

export type NewOptionId = () => string;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The choices of a column's options; undefined when its type has none. */
export function choicesOf(options: unknown): readonly Choice[] | undefined {
  if (!isRecord(options) || !Array.isArray(options.options)) return undefined;
  return options.options as readonly Choice[];
}

/** A choice may be given by its title alone. */
const asChoice = (choice: unknown): unknown =>
  typeof choice === 'string' || typeof choice === 'number' ? { title: String(choice) } : choice;

/** Gives every choice without an id a new one; anything else is left to the type to judge. */
export function completeChoices(given: unknown, newOptionId: NewOptionId): unknown {
  if (!isRecord(given) || !Array.isArray(given.options)) return given;
  const options = given.options
    .map(asChoice)
    .map((choice) =>
      isRecord(choice) && (typeof choice.id !== 'string' || choice.id === '')
        ? { ...choice, id: newOptionId() }
        : choice,
    );
  return { ...given, options };
}

/**
 * Choices keep their id when a caller names them by title only; an id that is
 * not one of the column's is dropped, so that ids stay ours.
 */
export function keepChoiceIds(given: unknown, current: readonly Choice[]): unknown {
  if (!isRecord(given) || !Array.isArray(given.options)) return given;
  const idByTitle = new Map(current.map((choice) => [choice.title, choice.id]));
  const known = new Set(current.map((choice) => choice.id));
  const options = given.options.map(asChoice).map((choice) => {
    if (!isRecord(choice)) return choice;
    if (typeof choice.id === 'string' && known.has(choice.id)) return choice;
    const { id: _, ...rest } = choice;
    const id = typeof choice.title === 'string' ? idByTitle.get(choice.title.trim()) : undefined;
    return id === undefined ? rest : { ...rest, id };
  });
  return { ...given, options };
}

/** How stored values change from one list of choices to the next: title → new title, or null when it is gone. */
export function planChoiceChanges(
  before: readonly Choice[],
  after: readonly Choice[],
): Map<string, string | null> {
  const next = new Map(after.map((choice) => [choice.id, choice.title]));
  const changes = new Map<string, string | null>();
  for (const choice of before) {
    const title = next.get(choice.id) ?? null;
    if (title !== choice.title) changes.set(choice.title, title);
  }
  return changes;
}
