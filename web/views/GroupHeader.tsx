import { Badge, Group, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CellValue, Column } from '../api/shapes.ts';
import { displayText } from '../grid/display.ts';
import { fieldOf } from '../grid/field.ts';
import type { GroupTerm, RowGroup } from './groups.ts';

interface GroupHeaderProps {
  readonly term: GroupTerm;
  /** How many groups it is inside of. */
  readonly level: number;
  readonly group: RowGroup;
  readonly opened: boolean;
  readonly onToggle: () => void;
}

function GroupValue({ column, value }: { column: Column; value: CellValue }) {
  const { t, i18n } = useTranslation();
  if (value === null || value === '') {
    return (
      <Text span size="sm" c="dimmed">
        {t('views.emptyGroup')}
      </Text>
    );
  }
  if (column.uidt === 'Checkbox') return <>{t(value ? 'columns.checked' : 'columns.unchecked')}</>;
  const choice = column.colOptions?.options?.find((option) => option.title === value);
  const text = displayText(fieldOf(column), value, i18n.language);
  if (choice?.color === undefined) return <>{text}</>;
  return (
    <Badge color={choice.color} autoContrast tt="none" fw={500} radius="sm">
      {text}
    </Badge>
  );
}

/** What the rows of a group have in common, and how many they are. */
export function GroupHeader({ term, level, group, opened, onToggle }: GroupHeaderProps) {
  const { i18n } = useTranslation();
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <UnstyledButton
      w="100%"
      py={8}
      pe="xs"
      ps={12 + level * 24}
      aria-expanded={opened}
      onClick={onToggle}
      style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}
    >
      <Group gap="sm" wrap="nowrap" justify="space-between">
        <Group gap="md" miw={0}>
          <Chevron size={16} aria-hidden style={{ flexShrink: 0 }} />
          <Group gap={6} miw={0} wrap="nowrap">
            <Text span size="xs" c="dimmed">
              {term.column.title}
            </Text>
            <Text span size="sm" fw={500} component="div" truncate maw={420}>
              <GroupValue column={term.column} value={group.value} />
            </Text>
          </Group>
        </Group>
        <Badge variant="default" radius="sm">
          {new Intl.NumberFormat(i18n.language).format(group.count)}
        </Badge>
      </Group>
    </UnstyledButton>
  );
}
