import { Button, Group } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import type { Base } from '../api/shapes.ts';
import { Confirm } from '../ui/Confirm.tsx';
import { notifyDone } from '../ui/notify.ts';
import { SettingsSection } from '../ui/SettingsSection.tsx';
import { NeedsRole } from './NeedsRole.tsx';

/** The end of a base; its name must be typed. */
export function DeleteBase({ base, enabled }: { base: Base; enabled: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  const name = base.title;
  async function remove(): Promise<void> {
    await request('DELETE', `/api/v2/meta/bases/${base.id}`);
    navigate('/');
    await client.invalidateQueries({ queryKey: keys.bases });
    notifyDone(t('team.delete.done', { name }));
  }
  return (
    <SettingsSection title={t('team.delete.title')} hint={t('team.delete.hint')}>
      {enabled ? null : <NeedsRole id="delete-needs" baseId={base.id} needed="owner" />}
      <Group>
        <Button
          color="red"
          variant="light"
          leftSection={<IconTrash size={16} aria-hidden />}
          disabled={!enabled}
          {...(enabled ? {} : { 'aria-describedby': 'delete-needs' })}
          onClick={() => setAsking(true)}
        >
          {t('team.delete.action')}
        </Button>
      </Group>
      <Confirm
        opened={asking}
        title={t('team.delete.ask', { name })}
        action={t('team.delete.action')}
        typed={name}
        onClose={() => setAsking(false)}
        onConfirm={remove}
      >
        {t('team.delete.warning', { name })}
      </Confirm>
    </SettingsSection>
  );
}
