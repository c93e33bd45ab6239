import { Group, Table, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { TableSummary } from '../api/shapes.ts';
import { TableMenu } from './TableMenu.tsx';
import { ThingIcon } from './ThingIcon.tsx';
import { useRowCount } from './useRowCount.ts';

function RowCount({ tableId }: { tableId: string }) {
  const { i18n } = useTranslation();
  const count = useRowCount(tableId).data;
  return (
    <Text span size="sm" c="dimmed" ff="text" style={{ fontVariantNumeric: 'tabular-nums' }}>
      {count === undefined ? '\u00a0' : new Intl.NumberFormat(i18n.language).format(count)}
    </Text>
  );
}

/** The tables of a base with the number of their records. */
export function TableList({ tables }: { tables: readonly TableSummary[] }) {
  const { t } = useTranslation();
  return (
    <Table aria-label={t('bases.tables')} verticalSpacing={10} highlightOnHover layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('bases.title')}</Table.Th>
          <Table.Th scope="col" w={{ base: 110, sm: 160 }} ta="end">
            {t('bases.records')}
          </Table.Th>
          <Table.Th scope="col" w={52}>
            <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tables.map((table) => (
          <Table.Tr key={table.id}>
            <Table.Th scope="row" fw={500}>
              <Group gap="sm" wrap="nowrap">
                <ThingIcon thing={table} kind="table" size={18} />
                <Text
                  component={Link}
                  href={`/base/${table.base_id}/table/${table.id}`}
                  size="sm"
                  fw={500}
                  c="inherit"
                  truncate
                >
                  {table.title}
                </Text>
              </Group>
            </Table.Th>
            <Table.Td ta="end">
              <RowCount tableId={table.id} />
            </Table.Td>
            <Table.Td ta="end">
              <TableMenu table={table} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
