import { Avatar, type MantineColorScheme, Menu, Text, useMantineColorScheme } from '@mantine/core';
import { IconChevronUp, IconLogout, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries.ts';
import { CopyAuthTokenItem } from '../bases/CopyAuthTokenItem.tsx';
import { languages } from '../i18n/index.ts';
import { switchLanguage } from '../i18n/switchLanguage.ts';
import classes from './shell.module.css';
import { useSignOut } from './useSignOut.ts';

const icon = { size: 16, 'aria-hidden': true } as const;
const themes = [
  ['light', 'nav.light'],
  ['dark', 'nav.dark'],
  ['auto', 'nav.system'],
] as const;

function LanguageItems() {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Menu.Label>{t('nav.language')}</Menu.Label>
      <Menu.RadioGroup value={i18n.language} onChange={switchLanguage}>
        {languages.map(({ tag, name }) => (
          <Menu.RadioItem key={tag} value={tag} lang={tag}>
            {name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

function ThemeItems() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('nav.theme')}</Menu.Label>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
      >
        {themes.map(([scheme, words]) => (
          <Menu.RadioItem key={scheme} value={scheme}>
            {t(words)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

/** The menu of the person, in the bottom left corner. */
export function UserMenu() {
  const { t } = useTranslation();
  const me = useMe().data;
  const signOut = useSignOut();
  const name = me?.display_name || me?.email || '';
  return (
    <Menu position="top-start" width={272} withinPortal>
      <Menu.Target>
        <button type="button" className={classes.user} aria-label={t('nav.userMenu')}>
          <Avatar name={name} color="accent" size={30} aria-hidden />
          <Text span size="sm" truncate flex={1} miw={0}>
            {name}
          </Text>
          <IconChevronUp {...icon} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href="#/account" leftSection={<IconSettings {...icon} />}>
          {t('nav.accountSettings')}
        </Menu.Item>
        <CopyAuthTokenItem />
        <Menu.Divider />
        <LanguageItems />
        <Menu.Divider />
        <ThemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout {...icon} />} onClick={() => void signOut()}>
          {t('nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
