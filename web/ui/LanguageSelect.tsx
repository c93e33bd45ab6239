import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Language, languages, setLanguage } from '../i18n/index.ts';

/** Chooses the language, for people who are not signed in. */
export function LanguageSelect() {
  const { t, i18n } = useTranslation();
  return (
    <NativeSelect
      size="xs"
      variant="unstyled"
      aria-label={t('nav.language')}
      value={i18n.language}
      data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      onChange={(event) => void setLanguage(event.currentTarget.value as Language)}
    />
  );
}
