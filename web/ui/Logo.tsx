import { Group, Image, Text } from '@mantine/core';

/** The name with its sign. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Image src="/icon.svg" alt="" w={size} h={size} />
      <Text fw={700} fz={size * 0.7} lh={1}>
        Rowgate
      </Text>
    </Group>
  );
}
