import { Box, Text } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { icons } from './icons.ts';
import { lookOf } from './meta.ts';

interface Thing {
  readonly meta: unknown;
  readonly color?: string | null;
}

/** The sign of a base or table in its colour. Says nothing that the title beside it does not. */
export function ThingIcon({
  thing,
  kind,
  size = 16,
}: {
  thing: Thing;
  kind: 'base' | 'table';
  size?: number;
}) {
  const { icon, color } = lookOf(thing);
  const style = { display: 'flex', flex: 'none', color: color ?? 'var(--mantine-color-dimmed)' };
  if (icon !== undefined && !icon.includes(':') && icon.length <= 8) {
    return (
      <Text span fz={size - 2} lh={`${size}px`} w={size} ta="center" aria-hidden>
        {icon}
      </Text>
    );
  }
  const Sign = icons[icon?.slice('tabler:'.length) ?? ''] ?? (kind === 'base' ? IconDatabase : icons.table);
  return (
    <Box component="span" style={style} aria-hidden>
      {Sign === undefined ? null : <Sign size={size} stroke={1.75} />}
    </Box>
  );
}
