import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { type Tab, TabbedPage } from '../ui/TabbedPage.tsx';
import { InstanceSettings } from './InstanceSettings.tsx';
import { LanguageChoice } from './LanguageChoice.tsx';
import { Profile } from './Profile.tsx';
import { Sessions } from './Sessions.tsx';
import { ThemeChoice } from './ThemeChoice.tsx';
import { Tokens } from './Tokens.tsx';
import { Users } from './Users.tsx';

/** What a person sets for themselves, and for super admins what the instance is like. */
export function Account({ tab }: { tab: string }) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Loaded query={me} lines={6}>
      {({ roles }) => {
        const own: Tab[] = [
          { value: 'profile', label: t('account.profile.tab'), content: () => <Profile /> },
          { value: 'tokens', label: t('account.tokens.tab'), content: () => <Tokens /> },
          { value: 'sessions', label: t('account.sessions.tab'), content: () => <Sessions /> },
          { value: 'language', label: t('account.language.tab'), content: () => <LanguageChoice /> },
          { value: 'theme', label: t('account.theme.tab'), content: () => <ThemeChoice /> },
        ];
        const ofAdmins: Tab[] = [
          { value: 'users', label: t('account.users.tab'), content: () => <Users /> },
          { value: 'settings', label: t('account.settings.tab'), content: () => <InstanceSettings /> },
        ];
        const tabs = roles.super === true ? [...own, ...ofAdmins] : own;
        return <TabbedPage title={t('nav.accountSettings')} tabs={tabs} active={tab} address="/account" />;
      }}
    </Loaded>
  );
}
