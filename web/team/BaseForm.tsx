import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import type { Base } from '../api/shapes.ts';
import { lookOf, readMeta } from '../bases/meta.ts';
import { applyRefusal } from '../ui/applyRefusal.ts';
import { ColorChoice } from '../ui/ColorChoice.tsx';
import { FormError } from '../ui/FormError.tsx';
import { notifyDone } from '../ui/notify.ts';
import { SettingsSection } from '../ui/SettingsSection.tsx';

/** Renames a base and gives it a colour. */
export function BaseForm({ base, enabled }: { base: Base; enabled: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ defaultValues: { title: base.title, color: lookOf(base).color ?? '' } });
  const { errors, isSubmitting, isDirty } = form.formState;
  const submit = form.handleSubmit(async ({ title, color }) => {
    try {
      const iconColor = color === '' ? null : color;
      // Other clients of the wire look for the colour in `meta`.
      const meta = { ...readMeta(base.meta), iconColor };
      const body = { title: title.trim(), color: iconColor, meta };
      await request('PATCH', `/api/v2/meta/bases/${base.id}`, { body });
      await client.invalidateQueries({ queryKey: keys.bases });
      notifyDone(t('team.base.saved'));
    } catch (error) {
      applyRefusal(form, error, { title: 'title', color: 'color' });
    }
  });
  return (
    <SettingsSection title={t('team.base.tab')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={t('team.base.name')}
            autoComplete="off"
            maxLength={50}
            disabled={!enabled}
            error={errors.title?.message}
            {...form.register('title', {
              validate: (title) => title.trim() !== '' || t('team.base.nameMissing'),
            })}
          />
          <Controller
            name="color"
            control={form.control}
            render={({ field }) => (
              <ColorChoice value={field.value} disabled={!enabled} onChange={field.onChange} />
            )}
          />
          <FormError message={errors.root?.message} />
          <Group>
            <Button type="submit" loading={isSubmitting} disabled={!enabled || !isDirty}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </SettingsSection>
  );
}
