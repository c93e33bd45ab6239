import { describe, expect, test } from 'vitest';
import type { ColumnType } from './columnType.ts';
import { email } from './email/type.ts';
import { phoneNumber } from './phoneNumber/type.ts';
import { url } from './url/type.ts';
import type { ValidateOptions } from './validatedText.ts';

const context = { findPerson: () => undefined, maxTextLength: 1000 };

const cases: [ColumnType<ValidateOptions>, string[], string[]][] = [
  [
    email,
    ['ada@example.com', 'a.b+c@mail.example.co.uk', 'jürgen@bücher.example'],
    [
      'ada',
      '@example.com',
      'ada@',
      'ada@example',
      'a b@example.com',
      'a@b@example.com',
      `${'x'.repeat(250)}@example.com`,
    ],
  ],
  [
    url,
    ['https://example.com', 'http://localhost:8080/a?b=c#d', 'example.com/path', 'mailto:ada@example.com'],
    ['localhost', 'not a url', 'javascript:alert(1)', 'http://', 'https://exa mple.com'],
  ],
  [
    phoneNumber,
    ['+44 20 7946 0958', '(030) 123-456', '112'],
    ['12', 'call me', '+', '1234567890123456', '12345x'],
  ],
];

describe.each(cases.map(([type, good, bad]) => ({ name: type.name, type, good, bad })))(
  '$name',
  ({ type, good, bad }) => {
    test('insists on its form only where asked', () => {
      for (const text of [...good, ...bad, '']) {
        expect(type.parse(text, type.options.parse(undefined), context)).toBe(text);
      }
      const strict = type.options.parse({ validate: true });
      for (const text of [...good, '']) expect(type.parse(text, strict, context)).toBe(text);
      for (const text of bad)
        expect(() => type.parse(text, strict, context), text).toThrow(/^must be (a|an) .*, not '/);
    });

    test('options', () => {
      expect(type.options.parse({ validate: 1 })).toEqual({ validate: true });
      expect(type.options.parse({ validate: null })).toEqual({ validate: false });
      expect(() => type.options.parse({ validate: 'yes' })).toThrow("option 'validate'");
    });
  },
);
