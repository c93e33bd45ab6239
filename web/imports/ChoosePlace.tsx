import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { tablesQuery, useBases } from '../api/queries.ts';
import type { Place, PreviewTable } from './shapes.ts';

interface ChoosePlaceProps {
  readonly place: Place;
  readonly mayCreateBases: boolean;
  /** The table of a file that holds one: only such rows can go into a table that exists. */
  readonly only: PreviewTable | undefined;
  readonly onChange: (place: Place) => void;
}

/** Into which base and table. */
export function ChoosePlace({ place, mayCreateBases, only, onChange }: ChoosePlaceProps) {
  const { t } = useTranslation();
  const bases = useBases().data ?? [];
  const { baseId } = place;
  const tables = useQuery({ ...tablesQuery(baseId ?? ''), enabled: baseId !== undefined }).data ?? [];
  const baseChoices = [
    { value: '', label: t(mayCreateBases ? 'imports.newBase' : 'imports.chooseBase') },
    ...bases.map((base) => ({ value: base.id, label: base.title })),
  ];
  const tableChoices = [
    { value: '', label: t('imports.newTable') },
    ...tables.map((table) => ({ value: table.id, label: table.title })),
  ];
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <NativeSelect
        label={t('imports.intoBase')}
        value={baseId ?? ''}
        data={baseChoices}
        onChange={({ currentTarget }) =>
          onChange({ ...place, baseId: currentTarget.value || undefined, tableId: undefined })
        }
      />
      {baseId === undefined && mayCreateBases ? (
        <TextInput
          label={t('imports.baseTitle')}
          value={place.newBaseTitle}
          maxLength={50}
          onChange={({ currentTarget }) => onChange({ ...place, newBaseTitle: currentTarget.value })}
        />
      ) : null}
      {baseId !== undefined && only !== undefined ? (
        <NativeSelect
          label={t('imports.intoTable')}
          value={place.tableId ?? ''}
          data={tableChoices}
          onChange={({ currentTarget }) => onChange({ ...place, tableId: currentTarget.value || undefined })}
        />
      ) : null}
      {only !== undefined && place.tableId === undefined ? (
        <TextInput
          label={t('imports.tableTitle')}
          value={place.newTableTitle}
          placeholder={only.title}
          maxLength={255}
          onChange={({ currentTarget }) => onChange({ ...place, newTableTitle: currentTarget.value })}
        />
      ) : null}
    </SimpleGrid>
  );
}
