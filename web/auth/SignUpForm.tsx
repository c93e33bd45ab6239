import { Alert, Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { AuthFrame } from './AuthFrame.tsx';
import { PasswordField } from './PasswordField.tsx';
import { useAuthForm } from './useAuthForm.ts';
import { useEnter } from './useEnter.ts';
import { infoKey } from './useInstanceInfo.ts';

/** Creates an account: the owner's, an invited person's, or anybody's where sign-up is open. */
export function SignUpForm({
  kind,
  token,
}: {
  kind: 'owner' | 'invited' | 'open';
  token?: string | undefined;
}) {
  const { t } = useTranslation();
  const enter = useEnter();
  const client = useQueryClient();
  const form = useAuthForm(['email', 'password'], async ({ name, email, password }) => {
    const body = { email: email?.trim(), password, firstname: name?.trim() || null, token: token ?? null };
    const answer = await request<{ token: string }>('POST', '/api/v2/auth/user/signup', { body });
    client.removeQueries({ queryKey: infoKey });
    enter(answer.token);
  });
  return (
    <AuthFrame title={t(`auth.${kind}Title`)} hint={t(`auth.${kind}Hint`)}>
      <form onSubmit={form.onSubmit} noValidate>
        <Stack>
          {form.problem === undefined ? null : (
            <Alert color="red" role="alert">
              {form.problem}
            </Alert>
          )}
          <TextInput
            name="name"
            id="name"
            label={t('auth.name')}
            autoComplete="name"
            maxLength={200}
            error={form.errors.firstname}
          />
          <TextInput
            name="email"
            id="email"
            type="email"
            label={t('auth.email')}
            autoComplete="username"
            inputMode="email"
            error={form.errors.email}
          />
          <PasswordField kind="new-password" label={t('auth.password')} error={form.errors.password} />
          <Button type="submit" loading={form.busy} fullWidth>
            {t(kind === 'owner' ? 'auth.createOwner' : 'auth.createAccount')}
          </Button>
        </Stack>
      </form>
      {kind === 'owner' ? null : (
        <Anchor href="#/signin" size="sm">
          {t('auth.haveAccount')}
        </Anchor>
      )}
    </AuthFrame>
  );
}
