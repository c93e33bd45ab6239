import { Button, Checkbox, Group } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { request } from '../api/client.ts';
import { finishJob } from '../api/jobs.ts';
import { keys } from '../api/queries.ts';
import type { Base } from '../api/shapes.ts';
import { notifyDone, notifyError } from '../ui/notify.ts';
import { SettingsSection } from '../ui/SettingsSection.tsx';

/** Makes a copy of a base and opens it. */
export function DuplicateBase({ base, enabled }: { base: Base; enabled: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [withRecords, setWithRecords] = useState(true);
  const [busy, setBusy] = useState(false);
  async function duplicate(): Promise<void> {
    setBusy(true);
    try {
      const body = { options: { excludeData: !withRecords } };
      const path = `/api/v2/meta/duplicate/${base.id}`;
      const made = await request<{ id: string; base_id: string }>('POST', path, { body });
      await finishJob(made.id);
      await client.invalidateQueries({ queryKey: keys.bases });
      notifyDone(t('team.duplicate.done', { name: base.title }));
      navigate(`/base/${made.base_id}`);
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <SettingsSection title={t('team.duplicate.title')} hint={t('team.duplicate.hint')}>
      <Checkbox
        label={t('team.duplicate.withRecords')}
        checked={withRecords}
        disabled={!enabled || busy}
        onChange={(event) => setWithRecords(event.currentTarget.checked)}
      />
      <Group>
        <Button
          variant="default"
          leftSection={<IconCopy size={16} aria-hidden />}
          loading={busy}
          disabled={!enabled}
          onClick={duplicate}
        >
          {t('common.duplicate')}
        </Button>
      </Group>
    </SettingsSection>
  );
}
