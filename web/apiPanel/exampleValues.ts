import type { Column } from '../api/shapes.ts';

/** Values that the types accept, by type; types that need one of several (people, choices) are left out or read from the field. */
const examples: Readonly<Record<string, unknown>> = {
  SingleLineText: 'Hello',
  LongText: 'Hello',
  Number: 42,
  Decimal: 1.5,
  Currency: 9.99,
  Percent: 50,
  Duration: 3600,
  Rating: 1,
  Checkbox: true,
  Date: '2026-01-31',
  DateTime: '2026-01-31 12:00:00+00:00',
  Time: '12:00:00',
  Year: 2026,
  Email: 'ada@example.org',
  URL: 'https://example.org',
  PhoneNumber: '+33 1 23 45 67 89',
  JSON: { example: true },
  GeoData: '48.8583;2.2944',
  Colour: '#3ba588',
};

/** Fields of one example; more would hide the request. */
const most = 3;

export function exampleOf(column: Column): unknown {
  const [choice] = column.colOptions?.options ?? [];
  if (choice !== undefined) return choice.title;
  return examples[column.uidt];
}

/** What an example writes: required fields, then the first others that people fill. */
export function exampleValues(columns: readonly Column[]): Record<string, unknown> {
  const writable = columns.filter(
    (column) => !column.system && !(column.pk && column.ai) && exampleOf(column) !== undefined,
  );
  const needed = writable.filter((column) => (column.rqd || column.pk) && column.cdf === null);
  const others = writable.filter((column) => !needed.includes(column));
  const chosen = [...needed, ...others].slice(0, Math.max(most, needed.length));
  return Object.fromEntries(chosen.map((column) => [column.title, exampleOf(column)]));
}
