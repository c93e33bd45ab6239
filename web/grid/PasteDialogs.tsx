import { Button, Group, Modal, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PastePlan } from './pastePlan.ts';
import type { OpenPaste } from './usePaste.ts';

const maxListed = 100;

/** Pasting more rows than there are: adds them, or leaves them out. */
export function AddRowsDialog({
  asking,
  onApply,
  onClose,
}: {
  asking: OpenPaste | null;
  onApply: (paste: OpenPaste, additions: boolean) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const count = asking?.plan.additions.length ?? 0;
  const changed = asking?.plan.changes.length ?? 0;
  return (
    <Modal opened={asking !== null} onClose={onClose} title={t('grid.addRowsTitle', { count })} centered>
      <Stack>
        <Text size="sm">{t('grid.addRowsHint', { count })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          {changed > 0 ? (
            <Button variant="default" onClick={() => asking && onApply(asking, false)}>
              {t('grid.pasteWithoutRows')}
            </Button>
          ) : null}
          <Button data-autofocus onClick={() => asking && onApply(asking, true)}>
            {t('grid.addRows', { count })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Why nothing was pasted, cell by cell. */
export function RefusedPasteDialog({ plan, onClose }: { plan: PastePlan | null; onClose: () => void }) {
  const { t } = useTranslation();
  const refused = plan?.refused ?? [];
  return (
    <Modal
      opened={plan !== null}
      onClose={onClose}
      size="lg"
      title={t('grid.pasteRefused', { count: refused.length })}
      centered
    >
      <Stack>
        <Text size="sm">{t('grid.pasteRefusedHint')}</Text>
        <ScrollArea.Autosize mah="50dvh">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('grid.row')}</Table.Th>
                <Table.Th>{t('grid.field')}</Table.Th>
                <Table.Th>{t('grid.value')}</Table.Th>
                <Table.Th>{t('grid.reason')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {refused.slice(0, maxListed).map((cell) => (
                <Table.Tr key={`${cell.row} ${cell.field.column.id}`}>
                  <Table.Td>{cell.row + 1}</Table.Td>
                  <Table.Td>{cell.field.title}</Table.Td>
                  <Table.Td>{cell.text.slice(0, 80)}</Table.Td>
                  <Table.Td>{cell.reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
        {refused.length > maxListed ? (
          <Text size="sm" c="dimmed">
            {t('grid.andMore', { count: refused.length - maxListed })}
          </Text>
        ) : null}
        <Group justify="flex-end">
          <Button data-autofocus onClick={onClose}>
            {t('common.close')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
