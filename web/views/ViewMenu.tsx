import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconCopy,
  IconDots,
  IconLock,
  IconLockOpen,
  IconPencil,
  IconTrash,
  IconUser,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { request } from '../api/client.ts';
import { useMayInBase } from '../api/queries.ts';
import type { Table, View } from '../api/shapes.ts';
import { Confirm } from '../ui/Confirm.tsx';
import { NameView } from './NameView.tsx';
import { useRefreshTable } from './useRefreshTable.ts';
import type { ReadOnlyReason } from './useView.ts';
import { freeTitle, useViewActions } from './useViewActions.ts';

interface ViewMenuProps {
  readonly table: Table;
  readonly view: View;
  readonly readOnlyReason: ReadOnlyReason;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (step: number) => void;
}

type Dialog = 'rename' | 'duplicate' | 'delete' | null;
const icon = { size: 16, 'aria-hidden': true } as const;

/** What can be done with a view. */
export function ViewMenu({ table, view, readOnlyReason, isFirst, isLast, onMove }: ViewMenuProps) {
  const { t } = useTranslation();
  const actions = useViewActions(table);
  const refresh = useRefreshTable(table.id);
  const [, navigate] = useLocation();
  const isCreator = useMayInBase(table.base_id, 'creator');
  const isEditor = useMayInBase(table.base_id, 'editor');
  const [dialog, setDialog] = useState<Dialog>(null);
  const close = () => setDialog(null);
  const may = readOnlyReason === null;
  const isLocked = view.lock_type === 'locked';
  const lock = (lock_type: View['lock_type']) => void actions.patch(view, { lock_type });
  if (!isEditor) return null;
  return (
    <>
      <Menu position="bottom-start" shadow="md" width={240}>
        <Menu.Target>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('views.actionsOf', { title: view.title })}
          >
            <IconDots {...icon} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPencil {...icon} />}
            disabled={!may}
            onClick={() => setDialog('rename')}
          >
            {t('common.rename')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => setDialog('duplicate')}>
            {t('common.duplicate')}
          </Menu.Item>
          <Menu.Divider />
          {isCreator && isLocked ? (
            <Menu.Item leftSection={<IconLockOpen {...icon} />} onClick={() => lock('collaborative')}>
              {t('views.unlock')}
            </Menu.Item>
          ) : null}
          {isCreator && !isLocked ? (
            <Menu.Item leftSection={<IconLock {...icon} />} disabled={!may} onClick={() => lock('locked')}>
              {t('views.lock')}
            </Menu.Item>
          ) : null}
          {isCreator && !isLocked ? (
            <Menu.Item
              leftSection={<IconUser {...icon} />}
              onClick={() => lock(view.lock_type === 'personal' ? 'collaborative' : 'personal')}
            >
              {t(view.lock_type === 'personal' ? 'views.makeCollaborative' : 'views.makePersonal')}
            </Menu.Item>
          ) : null}
          <Menu.Item
            leftSection={<IconArrowLeft {...icon} />}
            disabled={!may || isFirst}
            onClick={() => onMove(-1)}
          >
            {t('views.moveLeft')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowRight {...icon} />}
            disabled={!may || isLast}
            onClick={() => onMove(1)}
          >
            {t('views.moveRight')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash {...icon} />}
            disabled={(!may && !isCreator) || isLocked || table.views.length < 2}
            onClick={() => setDialog('delete')}
          >
            {t('common.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'rename' ? (
        <NameView
          heading={t('views.rename')}
          initial={view.title}
          action={t('common.save')}
          onClose={close}
          onSave={async (title) => {
            await request('PATCH', `/api/v2/meta/views/${view.id}`, { body: { title } });
            await refresh();
          }}
        />
      ) : null}
      {dialog === 'duplicate' ? (
        <NameView
          heading={t('views.duplicate', { title: view.title })}
          hint={isCreator ? undefined : t('views.personalOnly')}
          initial={freeTitle(table.views, t('views.copyTitle', { title: view.title }))}
          action={t('common.duplicate')}
          onClose={close}
          onSave={(title) =>
            actions.create({ title, copy_from_id: view.id, ...(isCreator ? {} : { lock_type: 'personal' }) })
          }
        />
      ) : null}
      <Confirm
        opened={dialog === 'delete'}
        title={t('views.deleteTitle', { title: view.title })}
        action={t('common.delete')}
        onClose={close}
        onConfirm={async () => {
          await actions.remove(view);
          navigate(`/base/${table.base_id}/table/${table.id}`);
        }}
      >
        {t('views.deleteHint')}
      </Confirm>
    </>
  );
}
