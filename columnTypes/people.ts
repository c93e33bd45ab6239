import { type ColumnType, InvalidValue, type ParseContext } from './columnType.ts';
import { textOperators } from './textOperators.ts';
import { formatPlain, parseWord, show } from './texts.ts';

/** Ids or addresses in whatever form a client names people. */
function* readNames(input: unknown, context: ParseContext): Generator<string> {
  if (Array.isArray(input)) {
    for (const item of input) {
      if (Array.isArray(item)) throw new InvalidValue('must be a list of people, not a list of lists');
      yield* readNames(item, context);
    }
  } else if (typeof input === 'object' && input !== null) {
    const { id, email } = input as Record<string, unknown>;
    const name = id ?? email;
    if (typeof name !== 'string') throw new InvalidValue("must name each person by 'id' or 'email'");
    yield* readNames(name, context);
  } else if (typeof input === 'number' || typeof input === 'boolean') {
    throw new InvalidValue(`must be the id or e-mail address of a person, not ${show(input)}`);
  } else {
    for (const name of parseWord(input, context)?.split(',') ?? []) {
      if (name.trim() !== '') yield name.trim();
    }
  }
}

/** User ids separated by commas, each once; none is null. Throws InvalidValue for who is no member. */
export function parsePeople(input: unknown, several: boolean, context: ParseContext): string | null {
  const ids = new Set<string>();
  for (const name of readNames(input, context)) {
    const id = context.findPerson(name);
    if (id === undefined) throw new InvalidValue(`names ${show(name)}, who is not a member of this base`);
    ids.add(id);
  }
  if (!several && ids.size > 1) throw new InvalidValue(`takes one person, but ${ids.size} were given`);
  return ids.size === 0 ? null : [...ids].join(',');
}

export const personSchema = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string' },
    email: { type: 'string' },
    display_name: { type: ['string', 'null'] },
    meta: { type: ['object', 'null'] },
  },
} as const;

/** What the columns share that the server fills with who did it. */
export const actorValues: Pick<
  ColumnType,
  'storage' | 'json' | 'parse' | 'format' | 'operators' | 'schema' | 'aggregations'
> = {
  storage: 'text',
  json: 'person',
  parse: (input, _options, context) => parsePeople(input, false, context),
  format: formatPlain,
  operators: textOperators(),
  schema: () => personSchema,
  aggregations: 'none',
};
