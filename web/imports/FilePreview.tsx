import { List, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SampleRows } from './SampleRows.tsx';
import type { ChosenTypes, Preview, Skipped } from './shapes.ts';

interface FilePreviewProps {
  readonly preview: Preview;
  readonly types: ChosenTypes;
  readonly skip: Skipped;
  /** The table that the rows go into, if it exists. */
  readonly into: string | undefined;
  /** Another reading of the file is on its way. */
  readonly busy: boolean;
  readonly onTypes: (types: ChosenTypes) => void;
  readonly onSkip: (skip: Skipped) => void;
}

/** The tables of the file with their first rows. */
export function FilePreview({ preview, types, skip, into, busy, onTypes, onSkip }: FilePreviewProps) {
  const { t, i18n } = useTranslation();
  const [place, setPlace] = useState(0);
  const table = preview.tables[place] ?? preview.tables[0];
  if (table === undefined) return null;
  const number = (count: number): string => new Intl.NumberFormat(i18n.language).format(count);
  return (
    <Stack gap="xs" opacity={busy ? 0.6 : 1} aria-busy={busy}>
      {preview.tables.length > 1 ? (
        <NativeSelect
          label={t('imports.tablesFound', { count: preview.tables.length })}
          value={String(place)}
          data={preview.tables.map((one, index) => ({
            value: String(index),
            label: t('imports.tableWithRows', {
              title: one.title,
              count: one.rowCount,
              rows: number(one.rowCount),
            }),
          }))}
          onChange={({ currentTarget }) => setPlace(Number(currentTarget.value))}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t('imports.rowsFound', { count: table.rowCount, rows: number(table.rowCount) })}
        </Text>
      )}
      <SampleRows
        table={table}
        into={into}
        chosen={types[table.title] ?? {}}
        skipped={skip[table.title] ?? []}
        onSkip={(columns) => {
          const { [table.title]: _before, ...others } = skip;
          onSkip(columns.length === 0 ? others : { ...others, [table.title]: columns });
        }}
        onChoose={(chosen) => {
          const { [table.title]: _before, ...others } = types;
          onTypes(Object.keys(chosen).length === 0 ? others : { ...others, [table.title]: chosen });
        }}
      />
      {preview.notes.length === 0 ? null : (
        <List size="sm" c="dimmed">
          {preview.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}
