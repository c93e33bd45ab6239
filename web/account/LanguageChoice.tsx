import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languages } from '../i18n/index.ts';
import { switchLanguage } from '../i18n/switchLanguage.ts';
import { SettingsSection } from '../ui/SettingsSection.tsx';

/** The language of the interface; each is called by its own name. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  return (
    <SettingsSection title={t('account.language.title')} hint={t('account.language.hint')}>
      <Radio.Group aria-label={t('account.language.title')} value={i18n.language} onChange={switchLanguage}>
        <Stack gap="sm">
          {languages.map(({ tag, name }) => (
            <Radio key={tag} value={tag} label={<span lang={tag}>{name}</span>} />
          ))}
        </Stack>
      </Radio.Group>
    </SettingsSection>
  );
}
