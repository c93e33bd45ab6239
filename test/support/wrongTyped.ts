import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/** Bodies with one member of the wrong type each, every other member right. */

type Schema = Readonly<Record<string, unknown>>;

const samples: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  'text',
  '',
  [],
  [[]],
  {},
  { a: 1 },
  [null],
];

/** The plainest value that a schema accepts. */
function plainest(schema: Schema): unknown {
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (choices?.[0] !== undefined) return plainest(choices[0]);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return (schema.enum as unknown[])[0];
  if (schema.format === 'email') return 'wrong-typed@example.org';
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return [plainest((schema.items ?? {}) as Schema)];
    case 'object': {
      const required = new Set((schema.required ?? []) as string[]);
      const members = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
      return Object.fromEntries(
        members.filter(([name]) => required.has(name)).map(([name, member]) => [name, plainest(member)]),
      );
    }
    default:
      return null;
  }
}

interface WrongBody {
  readonly what: string;
  readonly body: unknown;
}

function* membersOf(schema: Schema, wrap: (value: unknown) => unknown, path: string): Generator<WrongBody> {
  for (const sample of samples)
    yield { what: `${JSON.stringify(sample)} at ${path || '/'}`, body: wrap(sample) };
  for (const choice of ((schema.anyOf ?? schema.oneOf) as Schema[] | undefined) ?? []) {
    if (choice.type === 'object' || choice.type === 'array') yield* membersOf(choice, wrap, path);
  }
  if (schema.type === 'array') {
    const items = (schema.items ?? {}) as Schema;
    yield* membersOf(items, (value) => wrap([value]), `${path}/0`);
  }
  const whole = plainest(schema);
  for (const [name, member] of Object.entries((schema.properties ?? {}) as Record<string, Schema>)) {
    yield* membersOf(member, (value) => wrap({ ...(whole as object), [name]: value }), `${path}/${name}`);
  }
}

/** Every body of one wrong member that the schema refuses. */
export function* wrongTyped(schema: TSchema | undefined): Generator<WrongBody> {
  if (schema === undefined) return;
  const validator = Compile(schema);
  for (const wrong of membersOf(schema as unknown as Schema, (value) => value, '')) {
    if (!validator.Check(wrong.body)) yield wrong;
  }
}
