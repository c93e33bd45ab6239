import { Group, Menu, UnstyledButton } from '@mantine/core';
import { IconArrowLeft, IconChevronRight, IconSum } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TypeIcon } from '../ui/TypeIcon.tsx';
import { AggregationItems } from './AggregationItems.tsx';
import type { ViewState } from './useView.ts';

/** Chooses a column, then its summary, where there is no cell to press. */
export function SummarizeMenu({ state }: { state: ViewState }) {
  const { t } = useTranslation();
  const [columnId, setColumnId] = useState<string | null>(null);
  const chosen = state.columns.find((shown) => shown.column.id === columnId);
  return (
    <Menu position="top-start" shadow="md" width={240} menuItemTabIndex={0} onClose={() => setColumnId(null)}>
      <Menu.Target>
        <UnstyledButton px="xs" py={8} fz="xs" c="dimmed">
          <Group gap={4} wrap="nowrap">
            <IconSum size={14} aria-hidden />
            {t('views.summarize')}
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {chosen === undefined ? (
          state.columns.map(({ column }) => (
            <Menu.Item
              key={column.id}
              closeMenuOnClick={false}
              leftSection={<TypeIcon type={column.uidt} />}
              rightSection={<IconChevronRight size={14} aria-hidden />}
              onClick={() => setColumnId(column.id)}
            >
              {column.title}
            </Menu.Item>
          ))
        ) : (
          <>
            <Menu.Item
              closeMenuOnClick={false}
              leftSection={<IconArrowLeft size={14} aria-hidden />}
              onClick={() => setColumnId(null)}
            >
              {chosen.column.title}
            </Menu.Item>
            <Menu.Divider />
            <AggregationItems state={state} shown={chosen} />
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
