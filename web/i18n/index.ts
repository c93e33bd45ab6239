import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

/** Every language of the interface. Another one is a file here and a line in this list. */
export const languages = { en: 'English', fr: 'Français' } as const;
export type Language = keyof typeof languages;

type Words = Record<string, unknown>;
const files = import.meta.glob<Words>('./parts/*.json', { eager: true, import: 'default' });

function wordsOf(language: Language): Words {
  const parts = Object.entries(files).filter(([path]) => path.endsWith(`.${language}.json`));
  return Object.assign({}, ...parts.map(([, words]) => words));
}

const storageKey = 'rowgate-language';

function preferred(): Language {
  const wanted = [localStorage.getItem(storageKey), ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return (wanted.find((tag) => tag !== undefined && tag in languages) ?? 'en') as Language;
}

/** Changes the language at once and remembers it on this device. */
export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  await i18next.changeLanguage(language);
}

i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language;
});

export const i18nReady = i18next.use(initReactI18next).init({
  resources: { en: { translation: wordsOf('en') }, fr: { translation: wordsOf('fr') } },
  lng: preferred(),
  fallbackLng: 'en',
  interpolation: { escapeValue: false }, // React escapes
  returnNull: false,
});
