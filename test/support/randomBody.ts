import fc from 'fast-check';
import type { TSchema } from 'typebox';
import { hostileStrings, hostileValues, numberTexts, prototypeKeys } from './hostile.ts';
import { placeholders } from './placeholders.ts';

/** JSON texts that follow a schema, except where they do not. */

type Schema = Readonly<Record<string, unknown>>;

/** Numbers that no double holds, written into the text as they stand. */
const rawNumbers = [
  '1e400',
  '-1e400',
  '9223372036854775808',
  '1e-400',
  '123456789012345678901234567890.5',
  '-0',
];
const rawNumber = fc.constantFrom(...rawNumbers).map((digits) => `‹raw ${digits}›`);

/** Own keys, also those that assignment would not make. */
function objectOf(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const object = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

const anyText = fc.oneof(fc.constantFrom(...hostileStrings), fc.constantFrom(...placeholders), fc.string());
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...hostileValues),
  anyText,
  rawNumber,
  fc.jsonValue({ maxDepth: 3 }),
);

const types =
  'ID SingleLineText LongText Number Decimal Currency Percent Duration Rating Checkbox Date DateTime Time Year Email URL PhoneNumber SingleSelect MultiSelect JSON CreatedTime LastModifiedTime CreatedBy LastModifiedBy UUID AutoNumber GeoData Colour User Formula Links Attachment Nope'.split(
    ' ',
  );

/** Texts that go well with the name of a property. */
const textNamed: Readonly<Record<string, readonly string[]>> = {
  uidt: types,
  title: ['Name', 'New', 'Things'],
  column_name: ['Name', 'new'],
  table_name: ['things', 'new'],
  email: ['nobody@example.org', 'a@b.c', '‹viewer.email›', 'x@y', 'a@example.org,b@example.org'],
  password: ['canary-typed-password', 'short', 'x'.repeat(129)],
  newPassword: ['canary-typed-password'],
  currentPassword: ['canary-typed-password'],
  roles: ['viewer', 'owner', 'creator', 'org-level-viewer', 'super'],
  job: ['data-import'],
  status: ['active', 'completed', 'blocked'],
  where: ['(Id,gt,0)', '(Name,eq,one)', '(Nope,eq,1)'],
  sort: ['Id', '-Name'],
  column: ['Name', '‹mine.column1›'],
  op: ['add', 'update', 'delete'],
  fk_column_id: ['‹mine.column1›', '‹mine.column5›', '‹mine.column9›'],
  fk_parent_id: ['‹mine.filterId›'],
  comparison_op: ['eq', 'like', 'gt', 'in', 'null', 'isWithin', 'nope'],
  comparison_sub_op: ['today', 'exactDate', 'pastWeek', 'nope'],
  logical_op: ['and', 'or'],
  direction: ['asc', 'desc', 'DESC'],
  copy_from_id: ['‹mine.viewId›'],
  hash: ['‹mine.hash›'],
  id: ['‹mine.column1›', '‹mine.column5›'],
  expiry: ['2099-01-01', '2000-01-01', 'tomorrow'],
};

/** What each field of the table takes; the other values are wrong for most. */
const fittingValues: Readonly<Record<string, readonly unknown[]>> = {
  Name: ['a', '', null, 'one'],
  Count: [1, '2', null, -3],
  Price: [1.5, '2.50', 0],
  Done: [true, 0, 'false'],
  Day: ['2024-02-29', null],
  At: ['2024-02-29 10:00', '2024-02-29T10:00:00Z'],
  Mail: ['a@example.org', null],
  Data: [{ a: [1] }, '[1]', null],
  Kind: ['a', null],
  Tags: ['x,y', ['x'], ''],
  Who: ['‹viewer.userId›', null],
  Hue: ['#ff0000', null],
  '‹mine.column1›': ['by its id'],
  CreatedAt: ['2024-02-29', null],
  Nope: [1],
};
const member = fc
  .constantFrom(...Object.entries(fittingValues))
  .chain(([name, fitting]) =>
    fc
      .oneof(
        { weight: 6, arbitrary: fc.constantFrom(...fitting) },
        { weight: 1, arbitrary: anyValue },
        { weight: 1, arbitrary: fc.constantFrom(...Object.values(fittingValues).flat()) },
      )
      .map((value) => [name, value] as const),
  );
const strangeMember = fc.tuple(fc.constantFrom(...prototypeKeys, ...hostileStrings), anyValue);

const record = fc
  .tuple(
    fc.constantFrom(1, 2, 3, undefined),
    fc.array(fc.oneof({ weight: 16, arbitrary: member }, { weight: 1, arbitrary: strangeMember }), {
      maxLength: 3,
    }),
  )
  .map(([id, members]) => objectOf(id === undefined ? members : [['Id', id], ...members]));
export const randomRecord: fc.Arbitrary<unknown> = fc.oneof(record, fc.array(record, { maxLength: 3 }));

const questionMembers: Readonly<Record<string, readonly unknown[]>> = {
  alias: ['a', 'b', '__proto__', '', 'constructor'],
  where: ['(Id,gt,0)', '(Name,like,o)', '(Nope,eq,1)', '@('],
  column_name: ['Kind', 'Name,Count', 'Nope'],
  aggregation: [[{ field: 'Count', type: 'sum' }], [{ field: 'Name', type: 'count_unique' }], 'x'],
  sort: ['-Name', 'Nope'],
  limit: [1, 0, -1, '1e309'],
  offset: [0, 1, 1e300],
  fields: [['Name', 'Id'], 'Name'],
  filterArrJson: [[{ fk_column_id: 'Name', comparison_op: 'eq', value: 'one' }], [{ children: [] }]],
};
const questionOf = fc
  .tuple(
    fc.constantFrom('a', 'b', 'c'),
    fc.array(
      fc
        .constantFrom(...Object.entries(questionMembers))
        .chain(([name, values]) =>
          fc
            .oneof({ weight: 8, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: anyValue })
            .map((value) => [name, value] as const),
        ),
      { maxLength: 4 },
    ),
  )
  .map(([alias, members]) => objectOf([['alias', alias], ['column_name', 'Kind'], ...members]));
/** What routes that answer several questions at once are asked. */
export const randomQuestions = fc
  .uniqueArray(questionOf, { minLength: 1, maxLength: 3, selector: (question) => question.alias })
  .map((questions) => JSON.stringify(questions));

const textOf = (name: string) => {
  const fitting = textNamed[name];
  return fitting === undefined
    ? anyText
    : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: anyText });
};
const numberOf = fc.oneof(
  fc.integer({ min: -2, max: 30 }),
  fc.constantFrom(2 ** 53, -(2 ** 53), 1e308, 5e-324, 1.5),
  rawNumber,
  fc.constantFrom(...numberTexts),
);

function propertiesOf(schema: Schema): fc.Arbitrary<Record<string, unknown>> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const required = new Set((schema.required ?? []) as string[]);
  const members = properties.map(([name, member]) =>
    fc
      .tuple(fc.nat(19), bentValue(member, name))
      .map(([dice, value]) => ((required.has(name) ? dice > 0 : dice > 11) ? [[name, value] as const] : [])),
  );
  const extra = fc.oneof(
    { weight: 12, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.tuple(anyText, anyValue).map((entry) => [entry]) },
  );
  return fc.tuple(...members, extra).map((groups) => objectOf(groups.flat()));
}

function followed(schema: Schema, name: string): fc.Arbitrary<unknown> {
  if (schema['x-record'] !== undefined) return record;
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => bentValue(choice, name)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...(schema.enum as unknown[]));
  switch (schema.type) {
    case 'string':
      return textOf(name);
    case 'integer':
    case 'number':
      return numberOf;
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(bentValue((schema.items ?? {}) as Schema, name), { maxLength: 3 });
    case 'object':
      return schema.properties === undefined ? record : propertiesOf(schema);
    default:
      return anyValue;
  }
}

const bentValue = (schema: Schema, name: string): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 30, arbitrary: followed(schema, name) }, { weight: 1, arbitrary: anyValue });

/** The text of a body for this schema. */
export const randomBody = (schema: TSchema): fc.Arbitrary<string> =>
  bentValue(schema as unknown as Schema, '').map((value) =>
    (JSON.stringify(value) ?? 'null').replace(/"‹raw ([^›]+)›"/g, '$1'),
  );
