import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';

/** The words of the interface, as its own language files say them. */

const folder = join(import.meta.dirname, '..', '..', 'web', 'i18n');

export interface LanguageFile {
  readonly path: string;
  readonly language: string;
  readonly words: Readonly<Record<string, unknown>>;
}

/** One a language: `en.json`, `pt-BR.json`. */
export function languageFiles(): LanguageFile[] {
  return readdirSync(folder)
    .filter((path) => path.endsWith('.json'))
    .map((path) => ({
      path,
      language: path.slice(0, -'.json'.length),
      words: JSON.parse(readFileSync(join(folder, path), 'utf8')),
    }));
}

export type Language = 'en' | 'fr';
export type Words = (key: string, values?: Record<string, unknown>) => string;

/** How a language says things. A key that no file has is a mistake of the test. */
export function wordsOf(language: Language): Words {
  const translation = languageFiles().find((file) => file.language === language)?.words ?? {};
  const instance = i18next.createInstance();
  void instance.init({
    lng: language,
    resources: { [language]: { translation } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return (key, values = {}) => {
    if (!instance.exists(key, values)) throw new Error(`No file of the language ${language} has '${key}'.`);
    return String(instance.t(key as never, values as never));
  };
}

export const localeOf = { en: 'en-US', fr: 'fr-FR' } as const;
