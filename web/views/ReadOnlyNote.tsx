import { Alert, Button, Group, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMayInBase } from '../api/queries.ts';
import type { ViewState } from './useView.ts';
import { useViewActions } from './useViewActions.ts';

/** Says why the view cannot be changed; creators unlock it here. */
export function ReadOnlyNote({ state }: { state: ViewState }) {
  const { t } = useTranslation();
  const isCreator = useMayInBase(state.table?.base_id, 'creator');
  const { patch } = useViewActions(state.table);
  const { view, readOnlyReason } = state;
  if (readOnlyReason === null || view === undefined) return null;
  return (
    <Alert color="gray" icon={<IconLock size={18} aria-hidden />} p="xs" mb="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t(`views.readOnly.${readOnlyReason}`)}</Text>
        {readOnlyReason === 'locked' && isCreator ? (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => void patch(view, { lock_type: 'collaborative' })}
          >
            {t('views.unlock')}
          </Button>
        ) : null}
      </Group>
    </Alert>
  );
}
