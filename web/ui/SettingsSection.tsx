import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of a page of settings: what it is about, a line that explains it, and its controls. */
export function SettingsSection({
  title,
  hint,
  wide = false,
  children,
}: {
  title: string;
  hint?: ReactNode;
  /** Lists take the whole width, forms a readable one. */
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <Stack component="section" gap="md" {...(wide ? {} : { maw: 520 })}>
      <div>
        <Title order={2} size="h4">
          {title}
        </Title>
        {hint === undefined ? null : (
          <Text size="sm" c="dimmed" mt={4} maw={640}>
            {hint}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  );
}
