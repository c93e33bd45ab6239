import { Button, Group, PasswordInput, Stack, VisuallyHidden } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { useSession } from '../api/session.ts';
import { useInstanceInfo } from '../auth/useInstanceInfo.ts';
import { applyRefusal } from '../ui/applyRefusal.ts';
import { FormError } from '../ui/FormError.tsx';
import { notifyDone } from '../ui/notify.ts';
import { SettingsSection } from '../ui/SettingsSection.tsx';

const blank = { current: '', next: '' };

/** Changes the own password. The answer brings a new session for this device; all others end. */
export function PasswordForm({ email }: { email: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const limit = useInstanceInfo().data?.passwordMinLength;
  const form = useForm({ defaultValues: blank });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ current, next }) => {
    try {
      const body = { currentPassword: current, newPassword: next };
      const { token } = await request<{ token: string }>('POST', '/api/v2/auth/password/change', { body });
      useSession.getState().signIn(token);
      form.reset(blank);
      await client.invalidateQueries({ queryKey: keys.sessions });
      notifyDone(t('account.password.changed'));
    } catch (error) {
      // Only a wrong current password is refused without naming a field.
      if (error instanceof ApiError && error.status === 400 && error.body.errors === undefined) {
        form.setError('current', { message: t('account.password.wrong') }, { shouldFocus: true });
      } else {
        applyRefusal(form, error, { currentPassword: 'current', newPassword: 'next' });
      }
    }
  });
  const toggle = { 'aria-label': t('account.password.show'), tabIndex: 0 };
  const required = { required: t('account.password.missing') };
  return (
    <SettingsSection title={t('account.password.title')} hint={t('account.password.hint')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {/* Tells password managers whose password this is. */}
          <VisuallyHidden aria-hidden>
            <input type="text" autoComplete="username" value={email} readOnly tabIndex={-1} />
          </VisuallyHidden>
          <PasswordInput
            label={t('account.password.current')}
            autoComplete="current-password"
            visibilityToggleButtonProps={toggle}
            error={errors.current?.message}
            aria-invalid={errors.current === undefined ? undefined : true}
            {...form.register('current', required)}
          />
          <PasswordInput
            label={t('account.password.next')}
            description={limit === undefined ? undefined : t('account.password.nextHint', { limit })}
            autoComplete="new-password"
            visibilityToggleButtonProps={toggle}
            error={errors.next?.message}
            aria-invalid={errors.next === undefined ? undefined : true}
            {...form.register('next', required)}
          />
          <FormError message={errors.root?.message} />
          <Group>
            <Button type="submit" loading={isSubmitting}>
              {t('account.password.change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </SettingsSection>
  );
}
