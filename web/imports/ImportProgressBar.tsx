import { Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportRun } from './importRun.ts';

type Running = Extract<ImportRun, { phase: 'uploading' | 'storing' }>;

/** How much is done, from 0 to 100; undefined while nobody can tell. */
function percentOf(run: Running): number | undefined {
  if (run.phase === 'uploading') return Math.round(run.part * 100);
  if (run.progress === undefined) return undefined;
  const { tablesDone, tablesTotal, rowsDone, rowsTotal } = run.progress;
  const ofTable = rowsTotal === 0 ? 1 : rowsDone / rowsTotal;
  return Math.round(((tablesDone + Math.min(1, ofTable)) / Math.max(1, tablesTotal)) * 100);
}

export function ImportProgressBar({ run }: { run: Running }) {
  const { t, i18n } = useTranslation();
  const percent = percentOf(run);
  const number = (value: number): string => new Intl.NumberFormat(i18n.language).format(value);
  const progress = run.phase === 'storing' ? run.progress : undefined;
  const words =
    run.phase === 'uploading'
      ? t('imports.uploading')
      : progress === undefined
        ? t('imports.reading')
        : t('imports.storing', {
            table: progress.table,
            done: number(progress.rowsDone),
            total: number(progress.rowsTotal),
          });
  return (
    <Stack py="lg" gap="xs">
      <Text size="sm" role="status">
        {words}
      </Text>
      <Progress.Root size="lg">
        <Progress.Section
          value={percent ?? 100}
          animated={percent === undefined}
          striped={percent === undefined}
          aria-label={words}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed">
        {t('imports.mayClose')}
      </Text>
    </Stack>
  );
}
