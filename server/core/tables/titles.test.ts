import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { parseDescription, parseMeta, parseTitle, sameTitle } from './titles.ts';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('parseTitle', () => {
  it('trims and counts characters as people do', () => {
    expect(parseTitle('title', ' a b ')).toBe('a b');
    expect(parseTitle('title', '😀'.repeat(255))).toBe('😀'.repeat(255));
    expect(codeOf(() => parseTitle('title', '😀'.repeat(256)))).toBe('INVALID_REQUEST_BODY');
  });

  it('answers a clean title or refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
        let title: string;
        try {
          title = parseTitle('title', given);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          return;
        }
        expect(title).toBe(given.trim());
        expect(title).toMatch(/^\P{Cc}{1,255}$/u);
        expect(title.isWellFormed()).toBe(true);
        expect(parseTitle('title', title)).toBe(title);
      }),
    );
  });

  it('compares without regard to case', () => {
    expect(sameTitle('ÄB', 'äb')).toBe(true);
    expect(sameTitle('a', 'b')).toBe(false);
  });
});

describe('descriptions and meta', () => {
  it('have their bounds', () => {
    expect(parseDescription(null)).toBeNull();
    expect(parseDescription('a\nb')).toBe('a\nb');
    expect(codeOf(() => parseDescription('a\0'))).toBe('INVALID_REQUEST_BODY');
    expect(codeOf(() => parseDescription('x'.repeat(10_001)))).toBe('INVALID_REQUEST_BODY');
    expect(codeOf(() => parseMeta({ a: 'x'.repeat(100_000) }))).toBe('INVALID_REQUEST_BODY');
    expect(parseMeta({ a: 1 })).toEqual({ a: 1 });
  });
});
