import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './actionsMenu.module.css';

/** The menu of a row. `of` names the row, for who does not see where the button stands. */
export function ActionsMenu({ of, children }: { of: string; children: ReactNode }) {
  const { t } = useTranslation();
  const label = t('common.actions');
  const target = useRef<HTMLButtonElement>(null);
  return (
    <Menu position="bottom-end" width={240} classNames={{ item: classes.item ?? '' }}>
      <Menu.Target>
        <Button
          ref={target}
          variant="default"
          size="xs"
          aria-label={`${label}: ${of}`}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {label}
        </Button>
      </Menu.Target>
      {/* A dialog that an item opens gives the focus back to the button; the item is gone by then. */}
      <Menu.Dropdown onClickCapture={() => target.current?.focus()}>{children}</Menu.Dropdown>
    </Menu>
  );
}
