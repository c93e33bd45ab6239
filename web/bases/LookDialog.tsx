import { Button, Group, Modal, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ColorChoice } from '../ui/ColorChoice.tsx';
import { notifyError } from '../ui/notify.ts';
import { useBaseActions } from './actions.ts';
import type { Dialog } from './dialogs.ts';
import { icons } from './icons.ts';
import { lookOf, readMeta } from './meta.ts';

interface LookDialogProps {
  readonly dialog: Extract<Dialog, { kind: 'baseLook' | 'tableLook' }>;
  readonly onClose: () => void;
}

function Icons({ value, onChange }: { value: string | undefined; onChange: (icon: string) => void }) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 6, xs: 8 }} spacing={4} role="group" aria-label={t('bases.icon')}>
      {Object.entries(icons).map(([name, Sign]) => {
        const chosen = value === `tabler:${name}` || (value === undefined && name === 'table');
        return (
          <UnstyledButton
            key={name}
            p="xs"
            ta="center"
            bg={chosen ? 'var(--mantine-color-accent-light)' : 'transparent'}
            bdrs="md"
            aria-label={t(`bases.icons.${name}`)}
            aria-pressed={chosen}
            onClick={() => onChange(`tabler:${name}`)}
          >
            <Sign size={20} aria-hidden />
          </UnstyledButton>
        );
      })}
    </SimpleGrid>
  );
}

/** Chooses the colour of a base, or icon and colour of a table. */
export function LookDialog({ dialog, onClose }: LookDialogProps) {
  const { t } = useTranslation();
  const actions = useBaseActions();
  const thing = dialog.kind === 'baseLook' ? dialog.base : dialog.table;
  const [look, setLook] = useState(lookOf(thing));

  function save(): void {
    const meta = { ...readMeta(thing.meta), iconColor: look.color, icon: look.icon };
    const done =
      dialog.kind === 'baseLook'
        ? actions.changeBase(dialog.base.id, { color: look.color ?? null })
        : actions.changeTable(dialog.table, { meta });
    done.catch((error: unknown) => notifyError(error));
    onClose();
  }

  return (
    <Modal opened onClose={onClose} title={t('bases.lookOf', { title: thing.title })} centered>
      <Stack>
        <ColorChoice
          value={look.color ?? ''}
          onChange={(color) => setLook({ ...look, color: color === '' ? undefined : color })}
        />
        {dialog.kind === 'baseLook' ? null : (
          <div>
            <Text size="sm" fw={500} mb={6}>
              {t('bases.icon')}
            </Text>
            <Icons value={look.icon} onChange={(icon) => setLook({ ...look, icon })} />
          </div>
        )}
        <Group justify="space-between">
          <Button
            variant="subtle"
            color="gray"
            onClick={() => setLook({ icon: undefined, color: undefined })}
          >
            {t('bases.plainLook')}
          </Button>
          <Group gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button onClick={save}>{t('common.save')}</Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
