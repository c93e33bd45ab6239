/**
 * An OpenAPI 3.1 document in the words of 3.0, for showing it: Swagger UI needs
 * seven times as long to open the same document in the newer words. Where the
 * older ones cannot say something, the schema becomes wider, never narrower.
 */

const literal = new Set(['enum', 'example', 'default', 'required', 'security', 'tags']);

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

const onlyNull = { enum: [null], nullable: true };
const isNull = (schema) => isObject(schema) && schema.enum?.length === 1 && schema.enum[0] === null;

/** Several types, null among them or not, as alternatives of one type each. */
function convertTypes(schema, types) {
  const others = types.filter((type) => type !== 'null');
  const nullable = others.length < types.length ? { nullable: true } : {};
  if (others.length === 1) return { ...schema, type: others[0], ...nullable };
  const { description, readOnly, ...rest } = schema;
  const said = { ...(description === undefined ? {} : { description }), ...(readOnly ? { readOnly } : {}) };
  return { ...said, ...nullable, anyOf: others.map((type) => ({ ...rest, type })) };
}

/** Alternatives of which one is null. */
function convertNullable(schema) {
  const others = schema.anyOf.filter((member) => !isNull(member));
  if (others.length === schema.anyOf.length) return schema;
  const { anyOf: _, ...rest } = schema;
  const [only] = others;
  if (others.length === 1 && !('$ref' in only)) return { ...only, ...rest, nullable: true };
  return { ...rest, anyOf: others, nullable: true };
}

function convertMember(key, value) {
  if (literal.has(key)) return [[key, value]];
  if (key === 'properties' && isObject(value)) return [[key, mapValues(value, convert)]];
  if (key === 'examples' && Array.isArray(value)) return value.length === 0 ? [] : [['example', value[0]]];
  if (key === 'const') return [['enum', [value]]];
  if (key === 'patternProperties') return [['additionalProperties', true]];
  if (key === 'contentMediaType') return [];
  return [[key, convert(value)]];
}

/** The page would send an example as if it were asked for, so it is only told. */
function tellExample(parameter) {
  const { example, ...schema } = parameter.schema;
  if (example === undefined) return parameter;
  return { ...parameter, schema, description: `${parameter.description} Example: \`${example}\`` };
}

function convert(value) {
  if (Array.isArray(value)) return value.map(convert);
  if (!isObject(value)) return value;
  let schema = Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => convertMember(key, member)),
  );
  if (schema.in === 'query' && isObject(schema.schema)) return tellExample(schema);
  if (schema.type === 'null') {
    const { type: _, ...rest } = schema;
    return { ...rest, ...onlyNull };
  }
  if (Array.isArray(schema.anyOf)) schema = convertNullable(schema);
  if (Array.isArray(schema.type)) schema = convertTypes(schema, schema.type);
  if (schema.type === 'array' && schema.items === undefined) schema = { ...schema, items: {} };
  return schema;
}

/** @param {Record<string, unknown>} document */
export const toOpenApi30 = (document) => ({ ...convert(document), openapi: '3.0.3' });
