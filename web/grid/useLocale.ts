import { useTranslation } from 'react-i18next';

/** The chosen language with the reader's country: dates of an English reader in Britain are British. */
export function useLocale(): string {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return navigator.languages.find((tag) => tag.split('-')[0] === language.split('-')[0]) ?? language;
}
