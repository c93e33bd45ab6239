import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languageFiles, wordsOf } from './words.ts';

/** Every word of the interface is in every language, and no word is outside. */

const web = join(import.meta.dirname, '..', '..', 'web');

function leavesOf(words: unknown, path = ''): [key: string, text: string][] {
  if (typeof words !== 'object' || words === null) return [[path, String(words)]];
  return Object.entries(words).flatMap(([name, part]) =>
    leavesOf(part, path === '' ? name : `${path}.${name}`),
  );
}

const texts = new Map(languageFiles().map((file) => [file.language, new Map(leavesOf(file.words))]));
const languages = [...texts.keys()].sort();
const english = texts.get('en') ?? new Map<string, string>();

/** Languages have different plural forms: French also has `_many`. */
const withoutPlural = (key: string): string => key.replace(/_(?:zero|one|two|few|many|other)$/, '');
const keysOf = (language: string): string[] =>
  [...new Set([...(texts.get(language)?.keys() ?? [])].map(withoutPlural))].sort();
const variablesOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? ''))].sort();

interface Source {
  readonly path: string;
  readonly text: string;
}
const sources: Source[] = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: readFileSync(join(web, path), 'utf8') }));

/** What is the same in every language: names of products, formats and keys. */
const names = /^(?:Rowgate|cURL|curl|JavaScript|Python|PHP|Go|JSON|CSV|API|xc-token|xc-auth|⌘K|Ctrl K)$/;

/** Where text can stand in JSX: between tags, beside an expression, in an attribute that people read. */
const textPlaces = [
  /<\/?[A-Za-z][\w.]*(?:\s[^<>{}]*)?>([^<>{}();=]*\p{L}{2}[^<>{}();=]*)</gu,
  /<\/?[A-Za-z][\w.]*(?:\s[^<>{}]*)?>([^<>{}();=:?&|,]*\p{L}{2}[^<>{}();=:?&|,]*)\{/gu,
  /\}([^<>{}();=:?&|,]*\p{L}{2}[^<>{}();=:?&|,]*)<\//gu,
  /\s(?:label|placeholder|title|aria-label|alt|description)="([^"]*\p{L}[^"]*)"/gu,
  /\s(?:label|placeholder|title|aria-label|alt)=\{['"`]([^'"`$]*\p{L}{2}[^'"`$]*)['"`]\}/gu,
];

/** Words that a person would read and that no language file has. */
function textsIn(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  return textPlaces
    .flatMap((place) => [...code.matchAll(place)])
    .map(([, words]) => (words ?? '').trim())
    .filter((words) => words !== '' && !names.test(words));
}

describe('the language files', () => {
  test('there are English and French', () => {
    expect(languages).toEqual(expect.arrayContaining(['en', 'fr']));
    // the name of a file is the name of its language
    expect(Intl.getCanonicalLocales(languages)).toEqual(languages);
    expect(english.size).toBeGreaterThan(300);
  });

  test.each(languages)('%s has the same keys as English, none empty', (language) => {
    expect(keysOf(language)).toEqual(keysOf('en'));
    const empty = [...(texts.get(language) ?? [])].filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });

  test.each(languages)('%s has every plural form that its language knows', (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const words = texts.get(language) ?? new Map();
    const needed = forms.filter((form) => form === 'one' || form === 'other');
    const missing = [...words.keys()]
      .filter((key) => /_(?:one|other)$/.test(key))
      .flatMap((key) => needed.map((form) => `${withoutPlural(key)}_${form}`))
      .filter((key) => !words.has(key));
    expect(missing).toEqual([]);
  });

  test.each(languages)('%s fills in the same things as English', (language) => {
    const different = [...(texts.get(language) ?? [])].flatMap(([key, text]) => {
      const original = english.get(key) ?? english.get(`${withoutPlural(key)}_other`) ?? '';
      const [mine, theirs] = [variablesOf(text), variablesOf(original)];
      // "one" may spell the number out
      const same = mine.join() === theirs.join() || /_(?:one|zero)$/.test(key);
      return same ? [] : [`${key}: ${mine.join()} instead of ${theirs.join()}`];
    });
    expect(different).toEqual([]);
  });

  test('French is written as the French do: typographic apostrophes, spaces before : ; ? !', () => {
    const wrong = [...(texts.get('fr') ?? [])].filter(
      ([, text]) => /\p{L}'\p{L}/u.test(text) || /[\p{L}\p{N}»)}][:;?!](?=\s|$)/u.test(text),
    );
    expect(wrong).toEqual([]);
  });

  test('the labels that people know are said word for word', () => {
    const t = wordsOf('en');
    const labels = {
      'nav.userMenu': 'User menu',
      'nav.accountSettings': 'Account Settings',
      'nav.copyAuthToken': 'Copy Auth Token',
      'nav.signOut': 'Sign Out',
      'account.profile.tab': 'Profile',
      'account.tokens.tab': 'Tokens',
      'account.sessions.tab': 'Sessions',
      'account.tokens.add': 'Add New API Token',
      'common.save': 'Save',
      'common.actions': 'Actions',
      'common.copy': 'Copy',
      'common.delete': 'Delete',
      'bases.swagger': 'Swagger APIs Doc',
      'bases.teamAndSettings': 'Team & Settings',
      'team.title': 'Team & Settings',
      'team.tokens.tab': 'API Tokens Management',
      'team.tokens.add': 'Add New Token',
      'team.tokens.generate': 'Generate',
    };
    expect(Object.fromEntries(Object.keys(labels).map((key) => [key, t(key)]))).toEqual(labels);
  });
});

describe('the screens', () => {
  test('every key they ask for exists', () => {
    const known = keysOf('en');
    const rooms = [...new Set(known.map((key) => key.split('.', 1)[0]))].join('|');
    const literal = new RegExp(`(?:\\bt\\(\\s*'([^']+)')|'((?:${rooms})\\.[\\w.-]+)'`, 'g');
    const missing = sources.flatMap(({ path, text }) =>
      [...text.matchAll(literal)]
        .map(([, asked, named]) => asked ?? named ?? '')
        .filter((key) => !known.some((each) => each === key || each.startsWith(`${key}.`)))
        .map((key) => `${path}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  test('every key that is put together has a beginning that exists', () => {
    const keys = keysOf('en');
    const missing = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*`([^`$]*)\$\{/g)]
        .map(([, start]) => start ?? '')
        .filter((start) => !keys.some((key) => key.startsWith(start)))
        .map((start) => `${path}: ${start}…`),
    );
    expect(missing).toEqual([]);
  });

  test('every key is asked for somewhere', () => {
    const all = sources.map(({ text }) => text).join('\n');
    const starts = [...all.matchAll(/`([\w.]+[.:_])\$\{/g)].map(([, start]) => start ?? '');
    const unused = keysOf('en').filter(
      (key) =>
        !all.includes(`'${key}'`) &&
        !all.includes(`\`${key}\``) &&
        !starts.some((start) => key.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  test('no text stands in them itself', () => {
    expect(
      textsIn('<b>Some words</b> <p>\n  {name} of all\n</p> <i>Hello {name}</i> <a title="Go on" />'),
    ).toEqual(['Some words', 'Hello', 'of all', 'Go on']);
    const found = sources
      .filter(({ path }) => path.endsWith('.tsx'))
      .flatMap(({ path, text }) => textsIn(text).map((words) => `${path}: ${words}`));
    expect(found).toEqual([]);
  });
});
