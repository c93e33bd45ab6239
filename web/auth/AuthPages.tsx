import { Anchor, Center, Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { LoadError } from '../ui/LoadError.tsx';
import { useAfter } from '../ui/useAfter.ts';
import { AuthFrame } from './AuthFrame.tsx';
import { ForgotForm } from './ForgotForm.tsx';
import { ResetForm } from './ResetForm.tsx';
import { SignInForm } from './SignInForm.tsx';
import { SignUpForm } from './SignUpForm.tsx';
import { rememberWanted } from './useEnter.ts';
import { useInstanceInfo } from './useInstanceInfo.ts';

/** Where accounts are by invitation and nobody invited this person. */
function SignUpClosed() {
  const { t } = useTranslation();
  return (
    <AuthFrame title={t('auth.closedTitle')}>
      <Text size="sm">{t('auth.closed')}</Text>
      <Anchor href="#/signin" size="sm">
        {t('auth.backToSignIn')}
      </Anchor>
    </AuthFrame>
  );
}

/** Everything before one is signed in. Any other address shows the sign-in and is kept for afterwards. */
export function AuthPages() {
  const info = useInstanceInfo();
  const [address] = useLocation();
  rememberWanted(address);
  const late = useAfter(info.isPending);
  if (info.isError) return <LoadError error={info.error} onRetry={() => void info.refetch()} />;
  if (info.isPending)
    return late ? (
      <Center h="100%">
        <Loader size="sm" />
      </Center>
    ) : null;
  const { firstUser, inviteOnlySignup } = info.data;
  if (firstUser) return <SignUpForm kind="owner" />;
  return (
    <Switch>
      <Route path="/signup/:token">{({ token }) => <SignUpForm kind="invited" token={token} />}</Route>
      <Route path="/signup">{inviteOnlySignup ? <SignUpClosed /> : <SignUpForm kind="open" />}</Route>
      <Route path="/forgot">
        <ForgotForm />
      </Route>
      <Route path="/reset/:token">{({ token }) => <ResetForm key={token} token={token} />}</Route>
      <Route>
        <SignInForm signUpOpen={!inviteOnlySignup} />
      </Route>
    </Switch>
  );
}
