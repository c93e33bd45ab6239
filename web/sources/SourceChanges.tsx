import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../ui/FormError.tsx';
import { explain, notifyDone } from '../ui/notify.ts';
import { useSourceActions } from './connect.ts';
import type { Source, TableChanges } from './shapes.ts';
import classes from './sources.module.css';

/** What the wire's word for a change begins or ends with, and what people read of it. */
const words: readonly (readonly [RegExp, string])[] = [
  [/_COLUMN_ADD$/, 'columnAdded'],
  [/_COLUMN_REMOVE$/, 'columnRemoved'],
  [/_COLUMN_/, 'columnChanged'],
  [/_RELATION_/, 'referenceChanged'],
  [/_NEW$/, 'added'],
  [/_REMOVE$/, 'removed'],
];

const wordOf = (type: string): string => words.find(([pattern]) => pattern.test(type))?.[1] ?? 'changed';

function ChangeList({ changes }: { changes: readonly TableChanges[] }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      {changes.map((table) => (
        <div key={table.table_name}>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {table.title ?? table.table_name}
          </Text>
          <ul className={classes.changes}>
            {table.detectedChanges.map((change) => (
              <li key={`${change.type} ${change.cn ?? ''}`}>
                {t(`sources.changes.${wordOf(change.type)}`, { column: change.cn ?? '' })}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Stack>
  );
}

/** What changed in a connected database since it was last looked at, and taking it over. */
export function SourceChanges({
  baseId,
  source,
  onClose,
}: {
  baseId: string;
  source: Source;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { findChanges, applyChanges } = useSourceActions();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const changes = useQuery({
    queryKey: ['sourceChanges', source.id],
    queryFn: () => findChanges(baseId, source.id),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  async function apply(): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      await applyChanges(baseId, source.id);
      notifyDone(t('sources.synced'));
      onClose();
    } catch (error) {
      setProblem(explain(error));
      setBusy(false);
    }
  }
  const some = (changes.data?.length ?? 0) > 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('sources.syncTitle', { name: source.alias ?? source.id })}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack>
        {changes.isPending ? (
          <Group gap="sm" mih={120} justify="center" role="status">
            <Loader size="sm" />
            <Text>{t('sources.looking')}</Text>
          </Group>
        ) : null}
        {changes.isSuccess && !some ? <Text role="status">{t('sources.upToDate')}</Text> : null}
        {some ? <ChangeList changes={changes.data ?? []} /> : null}
        <FormError message={problem ?? (changes.isError ? explain(changes.error) : undefined)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.close')}
          </Button>
          {some ? (
            <Button loading={busy} onClick={() => void apply()}>
              {t('sources.apply')}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Modal>
  );
}
