import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExact } from './parseExact.ts';
import { createJsonScanner, type JsonPiece } from './scanJson.ts';

function scan(text: string, size = 3): JsonPiece[] {
  const scanner = createJsonScanner();
  const pieces: JsonPiece[] = [];
  for (let at = 0; at < text.length; at += size) pieces.push(...scanner.push(text.slice(at, at + size)));
  return [...pieces, ...scanner.end()];
}

describe('createJsonScanner', () => {
  it('splits a list into its elements, wherever the text is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 2),
        (list, size, indent) => {
          const pieces = scan(JSON.stringify(list, null, indent), size).filter(
            (piece) => piece.kind === 'element',
          );
          expect(pieces.map((piece) => JSON.parse(piece.text))).toEqual(JSON.parse(JSON.stringify(list)));
        },
      ),
    );
  });

  it('splits an object into lists and other members', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }),
        fc.integer({ min: 1, max: 40 }),
        (given, size) => {
          const value = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
          const rebuilt = new Map<string, unknown>();
          for (const piece of scan(JSON.stringify(value), size)) {
            if (piece.kind === 'array') rebuilt.set(piece.member as string, []);
            else if (piece.kind === 'value') rebuilt.set(piece.member, JSON.parse(piece.text));
            else (rebuilt.get(piece.member as string) as unknown[]).push(JSON.parse(piece.text));
          }
          expect([...rebuilt]).toEqual(Object.entries(value));
        },
      ),
    );
  });

  it.each([
    '',
    '1',
    '"a"',
    '[1,]',
    '[1 2]',
    '[',
    '{"a":1',
    '{"a" 1}',
    '{a:1}',
    '[1]]',
    '{"a":[1}',
    '[1],[2]',
    '[,1]',
    '{"a":}',
  ])('refuses %s with the place of the fault', (text) => {
    const pieces = () =>
      scan(text).forEach((piece) => {
        if (piece.kind !== 'array') JSON.parse(piece.text);
      });
    expect(pieces).toThrow(/not valid JSON|JSON at position|Unexpected/);
  });
});

describe('parseExact', () => {
  it('keeps every digit', () => {
    const text =
      '{"a":12345678901234567890,"b":0.1234567890123456789,"c":[9007199254740993],"d":1.5,"e":1e3}';
    expect(JSON.stringify(parseExact(text))).toBe(
      '{"a":12345678901234567890,"b":0.1234567890123456789,"c":[9007199254740993],"d":1.5,"e":1000}',
    );
  });
});
