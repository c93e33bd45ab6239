import { Alert, Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { AuthFrame } from './AuthFrame.tsx';
import { useAuthForm } from './useAuthForm.ts';

export function ForgotForm() {
  const { t } = useTranslation();
  const [sentTo, setSentTo] = useState<string>();
  const form = useAuthForm(['email'], async ({ email }) => {
    const address = email?.trim() ?? '';
    await request('POST', '/api/v2/auth/password/forgot', { body: { email: address } });
    setSentTo(address);
  });
  return (
    <AuthFrame title={t('auth.forgotTitle')} hint={t('auth.forgotHint')}>
      {sentTo === undefined ? (
        <form onSubmit={form.onSubmit} noValidate>
          <Stack>
            {form.problem === undefined ? null : (
              <Alert color="red" role="alert">
                {form.problem}
              </Alert>
            )}
            <TextInput
              name="email"
              id="email"
              type="email"
              label={t('auth.email')}
              autoComplete="username"
              inputMode="email"
              error={form.errors.email}
            />
            <Button type="submit" loading={form.busy} fullWidth>
              {t('auth.sendLink')}
            </Button>
          </Stack>
        </form>
      ) : (
        <Alert color="accent" role="status" title={t('auth.linkSent')}>
          <Text size="sm">{t('auth.linkSentHint', { email: sentTo })}</Text>
        </Alert>
      )}
      <Anchor href="#/signin" size="sm">
        {t('auth.backToSignIn')}
      </Anchor>
    </AuthFrame>
  );
}
