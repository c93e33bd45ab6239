import { Alert, Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { AuthFrame } from './AuthFrame.tsx';
import { PasswordField } from './PasswordField.tsx';
import { useAuthForm } from './useAuthForm.ts';
import { useEnter } from './useEnter.ts';

export function SignInForm({ signUpOpen }: { signUpOpen: boolean }) {
  const { t } = useTranslation();
  const enter = useEnter();
  const form = useAuthForm(['email', 'password'], async ({ email, password }) => {
    const body = { email: email?.trim(), password };
    const { token } = await request<{ token: string }>('POST', '/api/v2/auth/user/signin', { body });
    enter(token);
  });
  return (
    <AuthFrame title={t('auth.signIn')}>
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
          <PasswordField kind="current-password" label={t('auth.password')} error={form.errors.password} />
          <Button type="submit" loading={form.busy} fullWidth>
            {t('auth.signIn')}
          </Button>
        </Stack>
      </form>
      <Group justify="space-between" gap="xs">
        <Anchor href="#/forgot" size="sm">
          {t('auth.forgot')}
        </Anchor>
        {signUpOpen ? (
          <Anchor href="#/signup" size="sm">
            {t('auth.createAccount')}
          </Anchor>
        ) : (
          <Text size="xs" c="dimmed">
            {t('auth.byInvitation')}
          </Text>
        )}
      </Group>
    </AuthFrame>
  );
}
