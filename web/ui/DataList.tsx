import { Box, Card, Group, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface DataColumn<T> {
  readonly key: string;
  readonly label: string;
  readonly cell: (row: T) => ReactNode;
}

interface DataListProps<T> {
  /** What is listed. */
  readonly label: string;
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string | number;
  /** The first one names the row. */
  readonly columns: readonly DataColumn<T>[];
  readonly actions?: (row: T) => ReactNode;
}

function WideList<T>({ label, rows, rowKey, columns, actions }: DataListProps<T>) {
  const { t } = useTranslation();
  return (
    <Table aria-label={label} verticalSpacing="sm" horizontalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Table.Th key={column.key} scope="col">
              {column.label}
            </Table.Th>
          ))}
          {actions === undefined ? null : (
            <Table.Th scope="col" w={1}>
              <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
            </Table.Th>
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={rowKey(row)}>
            {columns.map((column, index) =>
              index === 0 ? (
                <Table.Th key={column.key} scope="row" fw={500}>
                  {column.cell(row)}
                </Table.Th>
              ) : (
                <Table.Td key={column.key}>{column.cell(row)}</Table.Td>
              ),
            )}
            {actions === undefined ? null : <Table.Td ta="end">{actions(row)}</Table.Td>}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function NarrowList<T>({ label, rows, rowKey, columns, actions }: DataListProps<T>) {
  const [first, ...rest] = columns;
  return (
    <Box
      component="ul"
      aria-label={label}
      m={0}
      p={0}
      style={{
        display: 'grid',
        gap: 'var(--mantine-spacing-sm)',
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 320px), 1fr))',
        listStyle: 'none',
      }}
    >
      {rows.map((row) => (
        <Card key={rowKey(row)} component="li" withBorder padding="md">
          <Group justify="space-between" align="flex-start" wrap="nowrap" mb="xs">
            <Text component="div" fw={500} miw={0} style={{ overflowWrap: 'anywhere' }}>
              {first?.cell(row)}
            </Text>
            {actions === undefined ? null : <Box flex="none">{actions(row)}</Box>}
          </Group>
          <Stack component="dl" gap={6} m={0}>
            {rest.map((column) => (
              <Group key={column.key} justify="space-between" gap="sm">
                <Text component="dt" size="sm" c="dimmed">
                  {column.label}
                </Text>
                <Text component="dd" size="sm" m={0}>
                  {column.cell(row)}
                </Text>
              </Group>
            ))}
          </Stack>
        </Card>
      ))}
    </Box>
  );
}

/** Things with facts about each: a table where there is room, cards on a phone. */
export function DataList<T>(props: DataListProps<T>) {
  const wide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  return wide ? <WideList {...props} /> : <NarrowList {...props} />;
}
