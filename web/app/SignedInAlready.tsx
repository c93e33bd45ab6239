import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { useSignOut } from './useSignOut.ts';

/** An invitation is for somebody who is not signed in. */
export function SignedInAlready() {
  const { t } = useTranslation();
  const signOut = useSignOut({ stay: true });
  const email = useMe().data?.email ?? '';
  return (
    <EmptyState title={t('auth.signedInTitle')} hint={t('auth.signedInHint', { email })}>
      <Button onClick={() => void signOut()}>{t('nav.signOut')}</Button>
    </EmptyState>
  );
}
