/** What careless or ill-meaning callers send in place of names, ids, numbers and text. */

export const nul = '\u0000';
export const loneSurrogate = '\ud800';

export const sqlTexts: readonly string[] = [
  `'; DROP TABLE rg_user; --`,
  `" OR ""="`,
  `1 OR 1=1`,
  `x') UNION ALL SELECT password_hash FROM rg_user --`,
  `"); DELETE FROM rg_token; --`,
  '`; ATTACH DATABASE x AS y; --',
  '/* x */',
];

export const prototypeKeys: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
];

export const numberTexts: readonly string[] = [
  '1e309',
  '-1',
  '1.5',
  '9223372036854775808',
  '-9223372036854775809',
  '1e400',
  'NaN',
  'Infinity',
  '0x10',
  '００１',
  '1'.repeat(400),
  '',
  ' ',
  '+1',
];

/** Strings for every place that takes text. */
export const hostileStrings: readonly string[] = [
  ...sqlTexts,
  ...prototypeKeys,
  ...numberTexts,
  `a${nul}b`,
  nul,
  `a${loneSurrogate}b`,
  '\udc00',
  '\ufeffbom',
  'a\r\nset-cookie: x=y',
  '\u202egnp.exe',
  '👩‍👩‍👧'.repeat(20),
  'ß'.repeat(300),
  'x'.repeat(5000),
  '../../etc/passwd',
  '%00',
  '%s%n',
  '<script>alert(1)</script>',
  '{{7*7}}',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  '(a,eq,b)~or(',
  '@("a',
  '\\',
  '"',
  "'",
  '`',
  ',',
  '~',
  'select',
  'rowid',
  'nc_order',
  'Id',
  'CreatedAt',
];

/** JSON values of every kind, the absurd ones first. */
export const hostileValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  [],
  {},
  [[]],
  [null],
  { id: null },
  { Id: { Id: 1 } },
  'text',
  '',
  [1, 1],
  { constructor: {} },
  { toString: 1 },
  { length: -1 },
  { toJSON: 'x' },
];

/** Sent as they stand. */
export const rawBodies: readonly (readonly [what: string, bytes: Buffer])[] = (
  [
    ['nothing but a brace', '{'],
    ['a truncated object', '{"Name": "a'],
    ['a truncated escape', '{"Name": "\\u00'],
    ['a comment', '{/* */}'],
    ['single quotes', "{'Name': 'a'}"],
    ['a trailing comma', '{"Name": 1,}'],
    ['two documents', '{} {}'],
    ['NaN', '{"Name": NaN}'],
    ['a leading zero', '{"Name": 01}'],
    ['a raw newline in text', '{"Name": "a\nb"}'],
    ['a raw NUL in text', `{"Name": "a${nul}b"}`],
    ['a bare NUL', nul],
    ['blanks', '   '],
    ['a byte order mark alone', '\ufeff'],
    ['Latin-1', Buffer.from('{"Name": "\xe9"}', 'latin1')],
    ['UTF-16', Buffer.from('{"Name": "a"}', 'utf16le')],
    ['an encoded surrogate', Buffer.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d])],
    ['an overlong NUL', Buffer.from([0x7b, 0x22, 0xc0, 0x80, 0x22, 0x3a, 0x31, 0x7d])],
    ['gzip', Buffer.from('1f8b0800000000000003', 'hex')],
    ['10,000 open brackets', '['.repeat(10_000)],
    ['10,000 nested arrays', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['10,000 nested objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['a prototype key', '{"__proto__": {"isAdmin": true}}'],
    ['a prototype key in escapes', '{"\\u005f_proto__": {"isAdmin": true}}'],
  ] as [string, string | Buffer][]
).map(([what, bytes]) => [what, Buffer.from(bytes as string)]);

/** Valid JSON that is no object. */
export const notObjects: readonly (readonly [what: string, text: string])[] = [
  ['null', 'null'],
  ['a string', '"text"'],
  ['a number', '1'],
  ['a huge number', '1e400'],
  ['true', 'true'],
];
