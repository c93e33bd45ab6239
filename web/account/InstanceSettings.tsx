import { Button, Group, NumberInput, Stack, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { applyRefusal } from '../ui/applyRefusal.ts';
import { FormError } from '../ui/FormError.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { notifyDone } from '../ui/notify.ts';
import { SettingsSection } from '../ui/SettingsSection.tsx';

interface Settings {
  readonly invite_only_signup: boolean;
  readonly tokens_per_user: number;
}

const path = '/api/v1/app-settings';

function SettingsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    defaultValues: { inviteOnly: settings.invite_only_signup, tokens: settings.tokens_per_user },
  });
  const { errors, isSubmitting, isDirty } = form.formState;
  const submit = form.handleSubmit(async (fields) => {
    try {
      const body = { invite_only_signup: fields.inviteOnly, tokens_per_user: fields.tokens };
      await request('POST', path, { body });
      form.reset(fields);
      await client.invalidateQueries({ queryKey: keys.settings });
      await client.invalidateQueries({ queryKey: keys.tokens });
      notifyDone(t('account.settings.saved'));
    } catch (error) {
      applyRefusal(form, error, { tokens_per_user: 'tokens' });
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Switch
          label={t('account.settings.inviteOnly')}
          description={t('account.settings.inviteOnlyHint')}
          {...form.register('inviteOnly')}
        />
        <Controller
          name="tokens"
          control={form.control}
          rules={{ validate: (value) => Number.isInteger(value) || t('account.settings.tokensWrong') }}
          render={({ field }) => (
            <NumberInput
              {...field}
              label={t('account.settings.tokens')}
              description={t('account.settings.tokensHint')}
              min={0}
              max={1_000_000}
              allowDecimal={false}
              allowNegative={false}
              styles={{ wrapper: { maxWidth: 160 } }}
              error={errors.tokens?.message}
            />
          )}
        />
        <FormError message={errors.root?.message} />
        <Group>
          <Button type="submit" loading={isSubmitting} disabled={!isDirty}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What super admins set for everyone. */
export function InstanceSettings() {
  const { t } = useTranslation();
  const settings = useQuery({ queryKey: keys.settings, queryFn: () => request<Settings>('GET', path) });
  return (
    <SettingsSection title={t('account.settings.title')} hint={t('account.settings.hint')}>
      <Loaded query={settings}>{(found) => <SettingsForm settings={found} />}</Loaded>
    </SettingsSection>
  );
}
