import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { useTitleForm } from './useTitleForm.ts';

interface TitleFormProps {
  readonly heading: string;
  readonly label: string;
  readonly action: string;
  readonly maxLength: number;
  readonly form: ReturnType<typeof useTitleForm>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
  readonly size?: string;
}

/** A dialog that asks for a title, and perhaps for more. */
export function TitleForm({
  heading,
  label,
  action,
  maxLength,
  form,
  onClose,
  children,
  size = 'md',
}: TitleFormProps) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={heading} size={size} centered>
      <form onSubmit={form.onSubmit} noValidate>
        <Stack>
          <TextInput
            data-autofocus
            label={label}
            value={form.title}
            maxLength={maxLength}
            error={form.error}
            autoComplete="off"
            onChange={(event) => form.setTitle(event.currentTarget.value)}
          />
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={form.busy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
