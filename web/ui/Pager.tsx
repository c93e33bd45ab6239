import { ActionIcon, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PageInfo } from '../api/shapes.ts';

/** Which rows of how many are shown, and the way to the others; nothing where one page is all. */
export function Pager({
  info,
  page,
  onPage,
}: {
  info: PageInfo;
  page: number;
  onPage: (page: number) => void;
}) {
  const { t, i18n } = useTranslation();
  if (info.totalRows <= info.pageSize) return null;
  const number = new Intl.NumberFormat(i18n.language);
  const first = (page - 1) * info.pageSize + 1;
  const last = Math.min(page * info.pageSize, info.totalRows);
  return (
    <Group component="nav" aria-label={t('ui.pages')} justify="flex-end" gap="xs">
      <Text size="sm" c="dimmed" role="status">
        {t('ui.range', {
          first: number.format(first),
          last: number.format(last),
          total: number.format(info.totalRows),
        })}
      </Text>
      <ActionIcon
        variant="default"
        aria-label={t('ui.previousPage')}
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
      >
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t('ui.nextPage')}
        disabled={last >= info.totalRows}
        onClick={() => onPage(page + 1)}
      >
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
