import { type ColumnType, InvalidChoice, InvalidValue, type ParseContext } from './columnType.ts';
import { readOptions } from './options.ts';
import { findTextFault, parseWord, show } from './texts.ts';

/** One option of a select, in display order. */
export interface Choice {
  readonly id?: string;
  readonly title: string;
  readonly color?: string;
}

export interface ChoiceOptions {
  readonly options: readonly Choice[];
}

/** Limits of ours: more is a table, not a list of choices. */
const maxChoices = 10_000;
const maxTitleLength = 255;
const maxColorLength = 64;

function readTitle(input: unknown, mayHoldComma: boolean): string {
  if (typeof input !== 'string' && typeof input !== 'number') {
    throw new InvalidValue('needs a title for each of its options');
  }
  const title = String(input).trim();
  if (title === '') throw new InvalidValue('has an option with an empty title');
  const fault = findTextFault(title);
  if (fault !== undefined) throw new InvalidValue(`has an option whose title ${fault}`);
  if (title.length > maxTitleLength) {
    throw new InvalidValue(`has an option whose title is longer than ${maxTitleLength} characters`);
  }
  if (!mayHoldComma && title.includes(',')) {
    throw new InvalidValue(
      `stores its values separated by commas, so the option ${show(title)} must not hold one`,
    );
  }
  return title;
}

function readShortText(input: unknown, member: string): string | undefined {
  if (input === undefined || input === null || input === '') return undefined;
  if (typeof input === 'string' && input.length <= maxColorLength && findTextFault(input) === undefined)
    return input;
  throw new InvalidValue(
    `has an option whose ${member} is not a text of at most ${maxColorLength} characters`,
  );
}

function readChoice(input: unknown, mayHoldComma: boolean): Choice {
  if (typeof input !== 'object' || input === null) return { title: readTitle(input, mayHoldComma) };
  const given = input as Record<string, unknown>;
  const id = readShortText(given.id, 'id');
  const color = readShortText(given.color, 'color');
  return {
    ...(id === undefined ? {} : { id }),
    title: readTitle(given.title, mayHoldComma),
    ...(color === undefined ? {} : { color }),
  };
}

function checkDistinct(words: readonly string[]): void {
  const seen = new Set<string>();
  for (const word of words) {
    if (seen.has(word)) throw new InvalidValue(`has the option ${show(word)} twice`);
    seen.add(word);
  }
}

/**
 * Options of a select. `options` is a list of `{id?, title, color?}`, or of
 * mere titles; titles are trimmed and must differ.
 */
export function choiceOptions(mayHoldComma: boolean): ColumnType<ChoiceOptions>['options'] {
  return {
    schema: {
      type: 'object',
      properties: {
        options: {
          type: 'array',
          maxItems: maxChoices,
          items: {
            type: 'object',
            required: ['title'],
            properties: {
              id: { type: 'string' },
              title: { type: 'string', minLength: 1, maxLength: maxTitleLength },
              color: { type: 'string' },
            },
          },
        },
      },
    },
    parse: (input) => {
      const list = readOptions(input).options ?? [];
      if (!Array.isArray(list)) throw new InvalidValue('needs its options as a list of {title, color}');
      if (list.length > maxChoices) throw new InvalidValue(`has more than ${maxChoices} options`);
      const options = list.map((choice: unknown) => readChoice(choice, mayHoldComma));
      checkDistinct(options.map((choice) => choice.title));
      checkDistinct(options.flatMap((choice) => choice.id ?? []));
      return { options };
    },
  };
}

const titleSets = new WeakMap<ChoiceOptions, ReadonlySet<string>>();

/** The valid titles; made once for the options of a column. */
function titlesOf(options: ChoiceOptions): ReadonlySet<string> {
  const known = titleSets.get(options);
  if (known !== undefined) return known;
  const titles = new Set(options.options.map((choice) => choice.title));
  titleSets.set(options, titles);
  return titles;
}

function checkTitles(given: readonly string[], options: ChoiceOptions): void {
  const titles = titlesOf(options);
  const unknown = given.filter((title) => !titles.has(title));
  if (unknown.length > 0) throw new InvalidChoice(unknown, [...titles]);
}

/** One title; '' is null. Throws InvalidChoice for an unknown one. */
export function parseChoice(input: unknown, options: ChoiceOptions, context: ParseContext): string | null {
  const title = parseWord(input, context);
  if (title !== null) checkTitles([title], options);
  return title;
}

/** Titles as an array or separated by commas, each once, in the order given; none is null. */
export function parseChoices(input: unknown, options: ChoiceOptions, context: ParseContext): string | null {
  const texts = Array.isArray(input)
    ? input.map((item) => parseWord(item, context))
    : [parseWord(input, context)];
  const titles = texts.flatMap((text) => text?.split(',') ?? []).map((title) => title.trim());
  const given = [...new Set(titles)].filter((title) => title !== '');
  if (given.length === 0) return null;
  checkTitles(given, options);
  return given.join(',');
}

/** JSON Schema of one title. */
export function titleSchema(options: ChoiceOptions): Record<string, unknown> {
  const titles = [...titlesOf(options)];
  return titles.length === 0 ? { type: 'string' } : { type: 'string', enum: titles };
}

/**
 * The titles of a list as SQL writes an enumeration: `'a','it''s'`, also with
 * double quotes or none. Throws InvalidValue.
 */
export function readChoiceList(text: string): string[] {
  const item = /\s*(?:'((?:[^']|'')*)'|"((?:[^"]|"")*)"|([^'",]*))\s*(,|$)/y;
  const titles: string[] = [];
  for (;;) {
    const match = item.exec(text);
    if (match === null) {
      throw new InvalidValue("needs its options as a list in quotes, separated by commas, e.g. 'red','blue'");
    }
    const title =
      match[1]?.replaceAll("''", "'") ?? match[2]?.replaceAll('""', '"') ?? match[3]?.trim() ?? '';
    if (title !== '') titles.push(title);
    if (match[4] === '') return titles;
  }
}
