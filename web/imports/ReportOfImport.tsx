import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { saveFile } from '../ui/saveFile.ts';
import { closeImport } from './importing.ts';
import { forgetImportRun, type ImportRun } from './importRun.ts';
import classes from './imports.module.css';
import { writeRefusals } from './refusals.ts';
import type { TableReport } from './shapes.ts';

const shownRows = 20;

function Refusals({ table }: { table: TableReport }) {
  const { t, i18n } = useTranslation();
  const number = (count: number): string => new Intl.NumberFormat(i18n.language).format(count);
  const shown = table.refusedRows.slice(0, shownRows);
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t('imports.refusedOf', {
          table: table.title,
          refused: number(table.refused),
          rows: number(table.rows),
          count: table.refused,
        })}
      </Text>
      {table.unknownColumns.length === 0 ? null : (
        <Text size="sm">{t('imports.unknownColumns', { columns: table.unknownColumns.join(', ') })}</Text>
      )}
      {shown.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        <section className={classes.sample} aria-label={t('imports.refusedRows')} tabIndex={0}>
          <Table horizontalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('imports.row')}</Table.Th>
                <Table.Th scope="col">{t('imports.column')}</Table.Th>
                <Table.Th scope="col">{t('imports.value')}</Table.Th>
                <Table.Th scope="col">{t('imports.reason')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((row) => (
                <Table.Tr key={`${row.row} ${row.column} ${row.reason}`}>
                  <Table.Td>{number(row.row)}</Table.Td>
                  <Table.Td>{row.column}</Table.Td>
                  <Table.Td>{row.value}</Table.Td>
                  <Table.Td style={{ whiteSpace: 'normal' }}>{row.reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
    </Stack>
  );
}

/** What was stored and what was not, with the reasons. */
export function ReportOfImport({ run }: { run: Extract<ImportRun, { phase: 'done' }> }) {
  const { t, i18n } = useTranslation();
  const [, navigate] = useLocation();
  const { report, baseId } = run;
  const [first] = report.tables;
  const troubled = report.tables.filter((table) => table.refused > 0 || table.unknownColumns.length > 0);
  const rows = new Intl.NumberFormat(i18n.language).format(report.rows);

  function open(): void {
    closeImport();
    forgetImportRun();
    navigate(first === undefined ? `/base/${baseId}` : `/base/${baseId}/table/${first.id}`);
  }
  function download(): void {
    const bytes = new Blob([writeRefusals(report.tables)], { type: 'text/csv;charset=utf-8' });
    saveFile(bytes, `${t('imports.refusedFile')}.csv`);
  }

  return (
    <Stack>
      <Alert color="yellow" role="status" title={t('imports.done', { rows, count: report.rows })}>
        {report.refused === 0 ? null : t('imports.someRefused', { count: report.refused })}
      </Alert>
      {troubled.map((table) => (
        <Refusals key={table.id} table={table} />
      ))}
      <Group justify="flex-end">
        {report.refused === 0 ? null : (
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={download}>
            {t('imports.downloadRefused')}
          </Button>
        )}
        <Button data-autofocus onClick={open}>
          {t('imports.openTable')}
        </Button>
      </Group>
    </Stack>
  );
}
