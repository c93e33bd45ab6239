import { Group, Kbd, Modal, Stack, Table, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  isApple,
  type Shortcut,
  type ShortcutGroup,
  useShortcutRegistry,
  useShortcuts,
} from '../ui/shortcuts.ts';

const signs: Record<string, string> = { mod: '⌘', shift: '⇧', alt: '⌥' };

function Keys({ keys }: { keys: string }) {
  const { t } = useTranslation();
  const word = (key: string): string => {
    if (isApple && key in signs) return signs[key] ?? key;
    return t(`app.key.${key}`, { defaultValue: key.length === 1 ? key.toUpperCase() : key });
  };
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {keys.split('+').map((key) => (
        <Kbd key={key}>{word(key)}</Kbd>
      ))}
    </Group>
  );
}

/** Groups of the same title as one. */
function merge(groups: readonly ShortcutGroup[]): [string, Shortcut[]][] {
  const merged = new Map<string, Shortcut[]>();
  for (const { title, shortcuts } of groups) merged.set(title, [...(merged.get(title) ?? []), ...shortcuts]);
  return [...merged];
}

const sidebarKeys: readonly Shortcut[] = [
  { keys: 'F2', label: 'app.renameKey' },
  { keys: 'ArrowRight', label: 'app.openBaseKey' },
  { keys: 'ArrowLeft', label: 'app.closeBaseKey' },
];

/** What can be done by key, behind `?`. */
export function Shortcuts() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  const everywhere = useMemo<Shortcut[]>(() => [{ keys: '?', label: 'app.shortcuts', run: open }], [open]);
  useShortcuts('app.everywhere', everywhere);
  useShortcuts('nav.sidebar', sidebarKeys);
  const groups = useShortcutRegistry((registry) => registry.groups);
  return (
    <Modal opened={opened} onClose={close} title={t('app.shortcuts')} size="lg">
      <Stack gap="lg">
        {merge(groups).map(([title, shortcuts]) => (
          <Fragment key={title}>
            <div>
              <Title order={3} size="h6" mb={4}>
                {t(title)}
              </Title>
              <Table aria-label={t(title)}>
                <Table.Tbody>
                  {shortcuts.map(({ keys, label }) => (
                    <Table.Tr key={keys + label}>
                      <Table.Td>
                        <Text size="sm">{t(label)}</Text>
                      </Table.Td>
                      <Table.Td>
                        <Keys keys={keys} />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          </Fragment>
        ))}
      </Stack>
    </Modal>
  );
}
