import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { chooseLanguage, nameOfLanguage, tagOfFile } from './languages.ts';

type Words = Record<string, unknown>;

/** One file a language, fetched when it is spoken: another language is one file beside this one. */
const files = import.meta.glob<Words>('./*.json', { import: 'default' });
const loaders = new Map(Object.entries(files).map(([path, load]) => [tagOfFile(path), load]));

export interface Language {
  readonly tag: string;
  /** As the language itself says it. */
  readonly name: string;
}

/** Every language there is. */
export const languages: readonly Language[] = [...loaders.keys()]
  .sort()
  .map((tag) => ({ tag, name: nameOfLanguage(tag) }));

const storageKey = 'rowgate-language';

async function wordsOf(tag: string): Promise<Words> {
  const load = loaders.get(tag);
  if (load === undefined) throw new Error(`There is no file web/i18n/${tag}.json.`);
  return load();
}

let latest: string | undefined;

/** Changes the language without reload and remembers it on this device. Throws when its words cannot be fetched. */
export async function setLanguage(tag: string): Promise<void> {
  latest = tag;
  if (!i18next.hasResourceBundle(tag, 'translation'))
    i18next.addResourceBundle(tag, 'translation', await wordsOf(tag));
  if (latest !== tag) return; // somebody chose again meanwhile
  localStorage.setItem(storageKey, tag);
  await i18next.changeLanguage(tag);
}

i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language;
});

async function start(): Promise<void> {
  const stored = localStorage.getItem(storageKey);
  const wanted = [...(stored === null ? [] : [stored]), ...navigator.languages];
  const lng = chooseLanguage(
    wanted,
    languages.map(({ tag }) => tag),
  );
  const words = await wordsOf(lng);
  await i18next.use(initReactI18next).init({
    resources: { [lng]: { translation: words } },
    lng,
    fallbackLng: false, // every file is whole; a test checks it
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
}

/** Resolves once the words of the reader's language are there: paint nothing before. */
export const i18nReady = start();
