import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Language, languages, setLanguage } from '../i18n/index.ts';
import { SettingsSection } from '../ui/SettingsSection.tsx';

/** The language of the interface; each is called by its own name. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  return (
    <SettingsSection title={t('account.language.title')} hint={t('account.language.hint')}>
      <Radio.Group
        aria-label={t('account.language.title')}
        value={i18n.resolvedLanguage ?? 'en'}
        onChange={(language) => void setLanguage(language as Language)}
      >
        <Stack gap="sm">
          {Object.entries(languages).map(([language, name]) => (
            <Radio key={language} value={language} label={<span lang={language}>{name}</span>} />
          ))}
        </Stack>
      </Radio.Group>
    </SettingsSection>
  );
}
