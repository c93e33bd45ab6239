import { ActionIcon, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useBaseActions } from './actions.ts';
import { newColumnTypes } from './newColumnTypes.ts';
import { TitleForm } from './TitleForm.tsx';
import { useTitleForm } from './useTitleForm.ts';

interface Draft {
  readonly key: number;
  readonly title: string;
  readonly uidt: string;
}

interface DraftRowProps {
  readonly draft: Draft;
  readonly place: number;
  readonly onChange: (draft: Draft) => void;
  readonly onRemove: () => void;
}

function DraftRow({ draft, place, onChange, onRemove }: DraftRowProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <TextInput
        flex={1}
        miw={0}
        aria-label={t('bases.columnTitle', { place })}
        placeholder={t('bases.columnTitle', { place })}
        value={draft.title}
        maxLength={255}
        autoComplete="off"
        onChange={(event) => onChange({ ...draft, title: event.currentTarget.value })}
      />
      <NativeSelect
        w={{ base: 130, xs: 190 }}
        aria-label={t('bases.columnType', { place })}
        value={draft.uidt}
        data={newColumnTypes.map((value) => ({ value, label: t(`bases.types.${value}`) }))}
        onChange={(event) => onChange({ ...draft, uidt: event.currentTarget.value })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t('bases.removeColumn', { place })}
        onClick={onRemove}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

/** A new table: its title and the first few columns; the rest is done in the table itself. */
export function CreateTable({ baseId, onClose }: { baseId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { createTable } = useBaseActions();
  const lastKey = useRef(1);
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => [
    { key: 0, title: t('bases.firstColumn'), uidt: 'SingleLineText' },
    { key: 1, title: t('bases.secondColumn'), uidt: 'LongText' },
  ]);
  const form = useTitleForm('', async (title) => {
    const columns = drafts
      .filter((draft) => draft.title.trim() !== '')
      .map((draft) => ({ title: draft.title.trim(), uidt: draft.uidt }));
    const table = await createTable(baseId, title, columns);
    onClose();
    navigate(`/base/${baseId}/table/${table.id}`);
  });

  function add(): void {
    lastKey.current += 1;
    setDrafts([...drafts, { key: lastKey.current, title: '', uidt: 'SingleLineText' }]);
  }

  return (
    <TitleForm
      heading={t('bases.createTable')}
      label={t('bases.tableTitle')}
      action={t('common.create')}
      maxLength={255}
      form={form}
      onClose={onClose}
      size="lg"
    >
      <Stack gap="xs">
        <Text size="sm" fw={500}>
          {t('bases.columns')}
        </Text>
        {drafts.map((draft, index) => (
          <DraftRow
            key={draft.key}
            draft={draft}
            place={index + 1}
            onChange={(changed) => setDrafts(drafts.map((one) => (one.key === draft.key ? changed : one)))}
            onRemove={() => setDrafts(drafts.filter((one) => one.key !== draft.key))}
          />
        ))}
        <Group>
          <Button variant="subtle" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
            {t('bases.addColumn')}
          </Button>
        </Group>
      </Stack>
    </TitleForm>
  );
}
