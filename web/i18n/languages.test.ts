import { describe, expect, test } from 'vitest';
import { chooseLanguage, nameOfLanguage, tagOfFile } from './languages.ts';

const known = ['en', 'fr', 'pt-BR', 'zh-Hans', 'zh-Hant'];

describe('languages', () => {
  test('a file is called like its language', () => {
    expect(['./en.json', './pt-BR.json'].map(tagOfFile)).toEqual(['en', 'pt-BR']);
  });

  test.each([
    [['fr-CA', 'en'], 'fr'],
    [['FR'], 'fr'],
    [['de', 'fr-BE', 'en-GB'], 'fr'],
    [['pt-PT'], 'pt-BR'],
    [['zh-hant'], 'zh-Hant'],
    [['de-DE'], 'en'],
    [[], 'en'],
  ])('%j gets %s', (wanted, expected) => {
    expect(chooseLanguage(wanted, known)).toBe(expected);
  });

  test('each is called as it calls itself', () => {
    expect(['en', 'fr', 'de', 'el'].map(nameOfLanguage)).toEqual([
      'English',
      'Français',
      'Deutsch',
      'Ελληνικά',
    ]);
  });
});
