import { ActionIcon, Drawer, Group, ScrollArea, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconCopy, IconTrash, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../api/queries.ts';
import type { Row, Table } from '../api/shapes.ts';
import type { Commands } from '../grid/commands.ts';
import { displayText } from '../grid/display.ts';
import { fieldOf } from '../grid/field.ts';
import type { GridModel } from '../grid/model.ts';
import type { RunCommands } from '../grid/useCommands.ts';
import { useLocale } from '../grid/useLocale.ts';
import { LoadError } from '../ui/LoadError.tsx';
import type { ViewState } from '../views/useView.ts';
import { NewRecord } from './NewRecord.tsx';
import { RecordForm } from './RecordForm.tsx';

export interface RecordDrawerProps {
  readonly table: Table;
  readonly state: ViewState;
  readonly model: GridModel;
  readonly commands: Commands;
  readonly run: RunCommands['run'];
  /** Its place in the grid, or a record that is not stored yet. */
  readonly row: number | 'new';
  readonly total: number;
  readonly mayEdit: boolean;
  readonly onRow: (row: number) => void;
  readonly onDuplicate: (row: number) => void;
  readonly onDelete: (row: number) => void;
  readonly onClose: () => void;
}

function useRecord({ model, row }: RecordDrawerProps) {
  return useQuery({
    queryKey: [...keys.records(model.tableId), 'record', row],
    queryFn: async (): Promise<Row | null> => {
      if (row === 'new') return null;
      const [shown] = await model.blocks.load(row, row + 1);
      if (shown === undefined) return null;
      // The grid has the columns of its view only.
      const [whole] = await model.writes.read([model.writes.keyOf(shown)]);
      return whole ?? null;
    },
    enabled: row !== 'new',
    staleTime: 0,
  });
}

/** One record with all its fields, beside the grid. */
export function RecordDrawer(props: RecordDrawerProps) {
  const { table, row, total, mayEdit, onRow, onClose } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const record = useRecord(props);
  const display = table.columns.find((column) => column.pv);
  const shown = display === undefined ? undefined : record.data?.[display.title];
  const name = display === undefined ? '' : displayText(fieldOf(display), shown, locale);
  const go = (step: number): void => {
    if (row !== 'new' && row + step >= 0 && row + step < total) onRow(row + step);
  };
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (!event.altKey || step === 0) return;
    event.preventDefault();
    go(step);
  }
  return (
    <Drawer.Root
      opened
      onClose={onClose}
      position="right"
      size="lg"
      onKeyDown={onKeyDown}
      returnFocus={false}
    >
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content aria-label={t('record.title')}>
        <Drawer.Header>
          <Stack gap={0} miw={0}>
            <Drawer.Title
              fw={600}
              style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
            >
              {row === 'new' ? t('record.new') : name || t('record.untitled')}
            </Drawer.Title>
            {row === 'new' ? null : (
              <Text size="xs" c="dimmed">
                {t('record.place', { place: row + 1, total, table: table.title })}
              </Text>
            )}
          </Stack>
          <Group gap={4} wrap="nowrap">
            {row === 'new' ? null : (
              <>
                <HeaderButton label={t('record.previous')} disabled={row === 0} onClick={() => go(-1)}>
                  <IconChevronUp size={18} aria-hidden />
                </HeaderButton>
                <HeaderButton label={t('record.next')} disabled={row + 1 >= total} onClick={() => go(1)}>
                  <IconChevronDown size={18} aria-hidden />
                </HeaderButton>
                {mayEdit ? (
                  <>
                    <HeaderButton label={t('grid.duplicateRow')} onClick={() => props.onDuplicate(row)}>
                      <IconCopy size={18} aria-hidden />
                    </HeaderButton>
                    <HeaderButton label={t('grid.deleteRow')} onClick={() => props.onDelete(row)}>
                      <IconTrash size={18} aria-hidden />
                    </HeaderButton>
                  </>
                ) : null}
              </>
            )}
            <HeaderButton label={t('common.close')} onClick={onClose}>
              <IconX size={18} aria-hidden />
            </HeaderButton>
          </Group>
        </Drawer.Header>
        <Drawer.Body>
          {row === 'new' ? <NewRecord {...props} /> : null}
          {record.isError ? <LoadError error={record.error} onRetry={() => void record.refetch()} /> : null}
          {record.data === null && row !== 'new' && !record.isPending ? (
            <Text c="dimmed">{t('record.gone')}</Text>
          ) : null}
          {record.data ? (
            <ScrollArea.Autosize>
              <RecordForm key={props.model.writes.keyOf(record.data)} {...props} record={record.data} />
            </ScrollArea.Autosize>
          ) : null}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function HeaderButton({
  label,
  disabled = false,
  onClick,
  children,
}: {
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}
