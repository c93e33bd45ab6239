import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { applyRefusal } from '../ui/applyRefusal.ts';
import { FormError } from '../ui/FormError.tsx';
import { notifyDone } from '../ui/notify.ts';
import { SettingsSection } from '../ui/SettingsSection.tsx';

export function NameForm({ name, email }: { name: string; email: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ defaultValues: { name } });
  const { errors, isSubmitting, isDirty } = form.formState;
  const submit = form.handleSubmit(async (fields) => {
    try {
      await request('PATCH', '/api/v2/meta/user/profile', { body: { display_name: fields.name } });
      await client.invalidateQueries({ queryKey: ['me'] });
      form.reset(fields);
      notifyDone(t('account.profile.saved'));
    } catch (error) {
      applyRefusal(form, error, { display_name: 'name' });
    }
  });
  return (
    <SettingsSection title={t('account.profile.title')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={t('account.profile.name')}
            description={t('account.profile.nameHint')}
            autoComplete="name"
            error={errors.name?.message}
            {...form.register('name')}
          />
          <TextInput
            label={t('account.profile.email')}
            description={t('account.profile.emailHint')}
            value={email}
            readOnly
            variant="filled"
          />
          <FormError message={errors.root?.message} />
          <Group>
            <Button type="submit" loading={isSubmitting} disabled={!isDirty}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </SettingsSection>
  );
}
