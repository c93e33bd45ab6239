import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { applyRefusal } from '../ui/applyRefusal.ts';
import { FormError } from '../ui/FormError.tsx';
import { expiryOf, inputDay, type Lifetime, lifetimes } from './lifetime.ts';
import type { TokenWish } from './shapes.ts';

interface NewTokenFormProps {
  readonly hint: string | undefined;
  readonly action: string;
  readonly onSubmit: (wish: TokenWish) => Promise<void>;
  readonly onCancel: () => void;
}

interface Fields {
  name: string;
  lifetime: Lifetime;
  date: string;
}

const tomorrow = (): string => inputDay(new Date(Date.now() + 86_400_000));

export function NewTokenForm({ hint, action, onSubmit, onCancel }: NewTokenFormProps) {
  const { t } = useTranslation();
  const form = useForm<Fields>({ defaultValues: { name: '', lifetime: 'never', date: '' } });
  const { register, handleSubmit, watch, formState } = form;
  const { errors, isSubmitting } = formState;
  const labels = lifetimes.map((value) => ({
    value,
    label: Number.isNaN(Number(value)) ? t(`tokens.${value}`) : t('tokens.days', { count: Number(value) }),
  }));
  const submit = handleSubmit(async ({ name, lifetime, date }) => {
    try {
      await onSubmit({ description: name.trim(), expires_at: expiryOf(lifetime, date, new Date()) });
    } catch (error) {
      applyRefusal(form, error, { description: 'name', expires_at: 'date' });
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {hint === undefined ? null : <Text size="sm">{hint}</Text>}
        <TextInput
          label={t('tokens.name')}
          description={t('tokens.nameHint')}
          placeholder={t('tokens.nameExample')}
          autoComplete="off"
          maxLength={255}
          data-autofocus
          error={errors.name?.message}
          {...register('name', { validate: (name) => name.trim() !== '' || t('tokens.nameMissing') })}
        />
        <NativeSelect label={t('tokens.lifetime')} data={labels} {...register('lifetime')} />
        {watch('lifetime') === 'date' ? (
          <TextInput
            type="date"
            label={t('tokens.lastDay')}
            description={t('tokens.lastDayHint')}
            min={tomorrow()}
            error={errors.date?.message}
            {...register('date', {
              shouldUnregister: true,
              validate: (date) => date >= tomorrow() || t('tokens.lastDayPast'),
            })}
          />
        ) : null}
        <FormError message={errors.root?.message} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={isSubmitting}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
