import { type MantineColorScheme, Radio, Stack, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SettingsSection } from '../ui/SettingsSection.tsx';

/** Light, dark, or as the system is. Mantine remembers it on this device. */
export function ThemeChoice() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SettingsSection title={t('account.theme.title')} hint={t('account.theme.hint')}>
      <Radio.Group
        aria-label={t('account.theme.title')}
        value={colorScheme}
        onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
      >
        <Stack gap="sm">
          <Radio value="auto" label={t('nav.system')} />
          <Radio value="light" label={t('nav.light')} />
          <Radio value="dark" label={t('nav.dark')} />
        </Stack>
      </Radio.Group>
    </SettingsSection>
  );
}
