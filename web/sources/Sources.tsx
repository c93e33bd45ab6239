import { ActionIcon, Button, Group, Menu, Stack, Switch } from '@mantine/core';
import { IconDatabasePlus, IconDots, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { openDialog } from '../bases/dialogs.ts';
import { NeedsRole } from '../team/NeedsRole.tsx';
import { useHasRole } from '../team/roles.ts';
import { Confirm } from '../ui/Confirm.tsx';
import { DataList } from '../ui/DataList.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { notifyDone, notifyError } from '../ui/notify.ts';
import { SettingsSection } from '../ui/SettingsSection.tsx';
import { useSourceActions } from './connect.ts';
import { SourceChanges } from './SourceChanges.tsx';
import type { Source } from './shapes.ts';

const nameOf = (source: Source): string => source.alias ?? source.id;

function useSources(baseId: string) {
  return useQuery({
    queryKey: keys.sources(baseId),
    queryFn: async () => {
      const { list } = await request<{ list: Source[] }>('GET', `/api/v2/meta/bases/${baseId}/sources`);
      return list.filter((source) => !source.is_local);
    },
  });
}

function ReadOnlySwitch({ baseId, source }: { baseId: string; source: Source }) {
  const { t } = useTranslation();
  const { changeSource } = useSourceActions();
  const [busy, setBusy] = useState(false);
  async function change(readOnly: boolean): Promise<void> {
    setBusy(true);
    try {
      await changeSource(baseId, source.id, { is_data_readonly: readOnly });
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Switch
      aria-label={t('sources.readOnlyOf', { name: nameOf(source) })}
      checked={source.is_data_readonly}
      disabled={busy}
      onChange={(event) => void change(event.currentTarget.checked)}
    />
  );
}

interface Asked {
  readonly kind: 'sync' | 'remove';
  readonly source: Source;
}

function SourceMenu({ source, onAsk }: { source: Source; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('sources.menuOf', { name: nameOf(source) })}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => onAsk({ kind: 'sync', source })}
        >
          {t('sources.sync')}
        </Menu.Item>
        <Menu.Item
          c="var(--mantine-color-error)"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => onAsk({ kind: 'remove', source })}
        >
          {t('sources.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function SourceList({ baseId, list }: { baseId: string; list: readonly Source[] }) {
  const { t } = useTranslation();
  const { removeSource } = useSourceActions();
  const [asked, setAsked] = useState<Asked>();
  const name = asked === undefined ? '' : nameOf(asked.source);
  async function remove(): Promise<void> {
    if (asked === undefined) return;
    await removeSource(baseId, asked.source.id);
    notifyDone(t('sources.removed', { name }));
  }
  return (
    <>
      <DataList
        label={t('sources.tab')}
        rows={list}
        rowKey={(source) => source.id}
        columns={[
          { key: 'name', label: t('sources.fields.alias'), cell: nameOf },
          {
            key: 'type',
            label: t('sources.fields.client'),
            cell: (source) => t(`sources.clients.${source.type}`),
          },
          {
            key: 'readOnly',
            label: t('sources.fields.readOnly'),
            cell: (source) => <ReadOnlySwitch baseId={baseId} source={source} />,
          },
        ]}
        actions={(source) => <SourceMenu source={source} onAsk={setAsked} />}
      />
      {asked?.kind === 'sync' ? (
        <SourceChanges baseId={baseId} source={asked.source} onClose={() => setAsked(undefined)} />
      ) : null}
      <Confirm
        opened={asked?.kind === 'remove'}
        title={t('sources.removeAsk', { name })}
        action={t('sources.remove')}
        onClose={() => setAsked(undefined)}
        onConfirm={remove}
      >
        {t('sources.removeWarning')}
      </Confirm>
    </>
  );
}

/** Existing databases whose tables are tables of the base. */
export function Sources({ baseId }: { baseId: string }) {
  const { t } = useTranslation();
  const may = useHasRole(baseId, 'creator');
  const sources = useSources(baseId);
  const add = (
    <Group>
      <Button
        leftSection={<IconDatabasePlus size={16} aria-hidden />}
        disabled={may !== true}
        {...(may === false ? { 'aria-describedby': 'sources-need' } : {})}
        onClick={() => openDialog({ kind: 'connect', baseId })}
      >
        {t('sources.connectTitle')}
      </Button>
    </Group>
  );
  return (
    <SettingsSection title={t('sources.tab')} hint={t('sources.hint')} wide>
      {may === false ? <NeedsRole id="sources-need" baseId={baseId} needed="creator" /> : null}
      <Stack gap="lg">
        {add}
        {may === true ? (
          <Loaded query={sources}>
            {(list) =>
              list.length === 0 ? (
                <EmptyState title={t('sources.none')} hint={t('sources.noneHint')} />
              ) : (
                <SourceList baseId={baseId} list={list} />
              )
            }
          </Loaded>
        ) : null}
      </Stack>
    </SettingsSection>
  );
}
