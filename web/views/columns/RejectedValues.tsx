import { Alert, Box, Stack, Table, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/client.ts';

interface Rejected {
  readonly key: string;
  readonly value: string;
  readonly reason: string;
}

/** The values a new type or new options refuse; undefined: the refusal speaks of something else. */
export function rejectedValues(error: ApiError): readonly Rejected[] | undefined {
  const { rejected } = error.body;
  return Array.isArray(rejected) && rejected.length > 0 ? (rejected as Rejected[]) : undefined;
}

/** Why a field could not become another type: which values do not fit, and where they are. */
export function RejectedValues({ error }: { error: ApiError }) {
  const { t } = useTranslation();
  const alert = useRef<HTMLDivElement>(null);
  // the form is long: what it says must be seen
  useEffect(() => {
    alert.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const rows = rejectedValues(error) ?? [];
  const count = Number(error.body.rejectedCount ?? rows.length);
  return (
    <Alert ref={alert} color="red" role="alert" title={t('columns.rejectedTitle', { count })}>
      <Stack gap="xs">
        <Text size="sm">{t('columns.rejectedHint')}</Text>
        <Box
          mah={200}
          tabIndex={0}
          role="region"
          aria-label={t('columns.value')}
          style={{ overflowY: 'auto' }}
        >
          <Table withRowBorders fz="xs" verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('columns.record')}</Table.Th>
                <Table.Th>{t('columns.value')}</Table.Th>
                <Table.Th>{t('columns.reason')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.key}>
                  <Table.Td>{row.key}</Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{row.value}</Table.Td>
                  <Table.Td>{row.reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Box>
        {count > rows.length ? (
          <Text size="xs" c="dimmed">
            {t('columns.rejectedMore', { count: count - rows.length })}
          </Text>
        ) : null}
      </Stack>
    </Alert>
  );
}
