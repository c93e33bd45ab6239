import { ActionIcon, Menu } from '@mantine/core';
import {
  IconApi,
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconDots,
  IconFileImport,
  IconPalette,
  IconPencil,
  IconTablePlus,
  IconTrash,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMayInBase } from '../api/queries.ts';
import type { Base } from '../api/shapes.ts';
import { openImport } from '../imports/importing.ts';
import { CopyAuthTokenItem } from './CopyAuthTokenItem.tsx';
import { openDialog } from './dialogs.ts';
import { useDuplicate } from './useDuplicate.ts';

interface BaseMenuProps {
  readonly base: Base;
  /** Renames where the title stands; otherwise a dialog asks. */
  readonly onRename?: (() => void) | undefined;
  /** Moves it among its neighbours; missing where that is not possible. */
  readonly onUp?: (() => void) | undefined;
  readonly onDown?: (() => void) | undefined;
}

const icon = { size: 16, 'aria-hidden': true } as const;

function BuildItems({ base, onRename }: BaseMenuProps) {
  const { t } = useTranslation();
  const duplicate = useDuplicate();
  const rename = onRename ?? (() => openDialog({ kind: 'renameBase', base }));
  return (
    <>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconTablePlus {...icon} />}
        onClick={() => openDialog({ kind: 'createTable', baseId: base.id })}
      >
        {t('bases.createTable')}
      </Menu.Item>
      <Menu.Item leftSection={<IconFileImport {...icon} />} onClick={() => openImport({ baseId: base.id })}>
        {t('bases.importFile')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconPencil {...icon} />} onClick={rename}>
        {t('common.rename')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPalette {...icon} />}
        onClick={() => openDialog({ kind: 'baseLook', base })}
      >
        {t('bases.colour')}
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => void duplicate.base(base)}>
        {t('common.duplicate')}
      </Menu.Item>
    </>
  );
}

function PlaceItems({ onUp, onDown }: Pick<BaseMenuProps, 'onUp' | 'onDown'>) {
  const { t } = useTranslation();
  if (onUp === undefined && onDown === undefined) return null;
  return (
    <>
      <Menu.Divider />
      {onUp === undefined ? null : (
        <Menu.Item leftSection={<IconArrowUp {...icon} />} onClick={onUp}>
          {t('bases.moveUp')}
        </Menu.Item>
      )}
      {onDown === undefined ? null : (
        <Menu.Item leftSection={<IconArrowDown {...icon} />} onClick={onDown}>
          {t('bases.moveDown')}
        </Menu.Item>
      )}
    </>
  );
}

function Items({ base, onRename, onUp, onDown }: BaseMenuProps) {
  const { t } = useTranslation();
  const mayBuild = useMayInBase(base.id, 'creator');
  const mayDelete = useMayInBase(base.id, 'owner');
  return (
    <>
      <Menu.Item component="a" href={`#/base/${base.id}/settings`} leftSection={<IconUsersGroup {...icon} />}>
        {t('bases.teamAndSettings')}
      </Menu.Item>
      <Menu.Item
        component="a"
        href={`/api/v2/meta/bases/${base.id}/swagger`}
        target="_blank"
        rel="noopener"
        leftSection={<IconApi {...icon} />}
      >
        {t('bases.swagger')}
      </Menu.Item>
      <CopyAuthTokenItem />
      {mayBuild ? <BuildItems base={base} onRename={onRename} /> : null}
      <PlaceItems onUp={onUp} onDown={onDown} />
      {mayDelete ? (
        <>
          <Menu.Divider />
          <Menu.Item
            c="var(--mantine-color-error)"
            leftSection={<IconTrash {...icon} />}
            onClick={() => openDialog({ kind: 'deleteBase', base })}
          >
            {t('common.delete')}
          </Menu.Item>
        </>
      ) : null}
    </>
  );
}

/** The … of a base. */
export function BaseMenu(props: BaseMenuProps) {
  const { t } = useTranslation();
  const { base } = props;
  return (
    <Menu position="bottom-start" width={280} withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('bases.menuOf', { title: base.title })}
        >
          <IconDots {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Items {...props} />
      </Menu.Dropdown>
    </Menu>
  );
}
