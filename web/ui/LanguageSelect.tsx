import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languages } from '../i18n/index.ts';
import { switchLanguage } from '../i18n/switchLanguage.ts';

/** Chooses the language, for people who are not signed in. */
export function LanguageSelect() {
  const { t, i18n } = useTranslation();
  return (
    <NativeSelect
      size="xs"
      variant="unstyled"
      aria-label={t('nav.language')}
      value={i18n.language}
      data={languages.map(({ tag, name }) => ({ value: tag, label: name }))}
      onChange={(event) => switchLanguage(event.currentTarget.value)}
    />
  );
}
