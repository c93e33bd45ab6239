import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { formats } from '../index.ts';
import { describeInstance } from './describeInstance.ts';

const { toOpenApi30 } = await import(new URL('./page/openApi30.js', import.meta.url).href);

it.each([
  [{ type: ['string', 'null'] }, { type: 'string', nullable: true }],
  [
    { type: ['integer', 'string', 'null'], pattern: '^1$', description: 'd' },
    {
      description: 'd',
      nullable: true,
      anyOf: [
        { type: 'integer', pattern: '^1$' },
        { type: 'string', pattern: '^1$' },
      ],
    },
  ],
  [
    { anyOf: [{ type: 'string', enum: ['a'] }, { type: 'null' }] },
    { type: 'string', enum: ['a'], nullable: true },
  ],
  [{ anyOf: [{ $ref: '#/x' }, { type: 'null' }] }, { anyOf: [{ $ref: '#/x' }], nullable: true }],
  [
    { type: 'string', examples: ['a', 'b'], const: 'a' },
    { type: 'string', example: 'a', enum: ['a'] },
  ],
  [
    {
      properties: {
        type: { type: ['string', 'null'] },
        const: { type: 'string' },
        examples: { type: 'string' },
      },
    },
    {
      properties: {
        type: { type: 'string', nullable: true },
        const: { type: 'string' },
        examples: { type: 'string' },
      },
    },
  ],
])('%j', (schema, older) => {
  expect(toOpenApi30({ schema })).toEqual({ openapi: '3.0.3', schema: older });
});

it('makes a valid document of the older kind', async () => {
  const document = describeInstance(formats({ instance: [] }), { publicUrl: null });
  const result = await new Validator().validate(toOpenApi30(JSON.parse(JSON.stringify(document))));
  expect(result.valid ? [] : result.errors).toEqual([]);
});
