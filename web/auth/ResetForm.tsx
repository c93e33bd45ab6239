import { Alert, Anchor, Button, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { request } from '../api/client.ts';
import { notifyDone } from '../ui/notify.ts';
import { useAfter } from '../ui/useAfter.ts';
import { AuthFrame } from './AuthFrame.tsx';
import { explainRefusal } from './explainRefusal.ts';
import { PasswordField } from './PasswordField.tsx';
import { useAuthForm } from './useAuthForm.ts';

/** Chooses a new password by a link, which works once. */
export function ResetForm({ token }: { token: string }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const encoded = encodeURIComponent(token);
  const link = useQuery({
    queryKey: ['resetLink', token],
    queryFn: () => request('POST', `/api/v2/auth/token/validate/${encoded}`),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const form = useAuthForm(['password'], async ({ password }) => {
    await request('POST', `/api/v2/auth/password/reset/${encoded}`, { body: { password } });
    notifyDone(t('auth.passwordChanged'));
    navigate('/signin', { replace: true }); // the used link does not stay in the history
  });
  const late = useAfter(link.isPending);
  return (
    <AuthFrame title={t('auth.resetTitle')} hint={t('auth.resetHint')}>
      {late ? <Skeleton h={92} /> : null}
      {link.error === null ? null : (
        <Alert color="red" role="alert">
          {explainRefusal(link.error)}
        </Alert>
      )}
      {link.isSuccess ? (
        <form onSubmit={form.onSubmit} noValidate>
          <Stack>
            {form.problem === undefined ? null : (
              <Alert color="red" role="alert">
                {form.problem}
              </Alert>
            )}
            <PasswordField kind="new-password" label={t('auth.newPassword')} error={form.errors.password} />
            <Button type="submit" loading={form.busy} fullWidth>
              {t('auth.savePassword')}
            </Button>
          </Stack>
        </form>
      ) : null}
      <Anchor href={link.isError ? '#/forgot' : '#/signin'} size="sm">
        {t(link.isError ? 'auth.askAgain' : 'auth.backToSignIn')}
      </Anchor>
    </AuthFrame>
  );
}
