import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../ui/FormError.tsx';
import { explain } from '../ui/notify.ts';
import { ChoosePlace } from './ChoosePlace.tsx';
import { FilePreview } from './FilePreview.tsx';
import type { ImportRequest } from './importing.ts';
import { fileQuery, runImport } from './importRun.ts';
import { ReadingChoices } from './ReadingChoices.tsx';
import type { ChosenTypes, Place, Preview, ReadingOptions, Skipped } from './shapes.ts';
import { sendUpload } from './upload.ts';

interface ImportSetupProps {
  readonly file: File;
  readonly request: ImportRequest;
  readonly mayCreateBases: boolean;
  /** Why the last try failed. */
  readonly problem: string | undefined;
  readonly onOtherFile: () => void;
}

const baseName = (file: File): string =>
  file.name
    .replace(/\.[^.]+$/, '')
    .replaceAll('_', ' ')
    .slice(0, 50) || file.name.slice(0, 50);

const noPlace: Place = { baseId: undefined, tableId: undefined, newBaseTitle: '', newTableTitle: '' };

/** What the file would become, as the server reads it. */
function usePreview(file: File, reading: ReadingOptions, baseId: string | undefined) {
  const path =
    baseId === undefined ? '/api/v2/meta/import/preview' : `/api/v2/meta/bases/${baseId}/import/preview`;
  return useQuery({
    queryKey: ['importPreview', file.name, file.size, file.lastModified, reading, baseId],
    queryFn: ({ signal }) => {
      const query = fileQuery({ file, place: noPlace, reading, types: {}, skip: {} });
      return sendUpload<Preview>({ path, file, query, signal });
    },
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
}

/** What the file holds, and where it shall go. */
export function ImportSetup({ file, request, mayCreateBases, problem, onOtherFile }: ImportSetupProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [reading, setReading] = useState<ReadingOptions>({});
  const [types, setTypes] = useState<ChosenTypes>({});
  const [skip, setSkip] = useState<Skipped>({});
  const [place, setPlace] = useState<Place>({
    baseId: request.baseId,
    tableId: request.tableId,
    newBaseTitle: baseName(file),
    newTableTitle: '',
  });
  const [missing, setMissing] = useState<string>();
  const preview = usePreview(file, reading, mayCreateBases ? undefined : place.baseId);
  const only = preview.data?.tables.length === 1 ? preview.data.tables[0] : undefined;

  /** Read otherwise, the columns have other names: what was chosen for them is forgotten. */
  function read(next: ReadingOptions): void {
    setReading(next);
    setTypes({});
    setSkip({});
  }

  function start(): void {
    if (place.baseId === undefined && (!mayCreateBases || place.newBaseTitle.trim() === '')) {
      setMissing(t('imports.placeMissing'));
      return;
    }
    const whole = { ...place, newBaseTitle: place.newBaseTitle.trim() };
    const order = { file, reading, types, skip, place: whole };
    void runImport(order, client);
  }

  return (
    <Stack>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} truncate>
          {file.name}
        </Text>
        <Button variant="subtle" size="xs" onClick={onOtherFile} flex="none">
          {t('imports.otherFile')}
        </Button>
      </Group>
      <FormError message={missing ?? problem} />
      <ChoosePlace place={place} mayCreateBases={mayCreateBases} only={only} onChange={setPlace} />
      {preview.data?.format === 'csv' ? <ReadingChoices reading={reading} onChange={read} /> : null}
      {preview.isPending ? (
        <Group gap="sm" mih={120} justify="center" role="status">
          <Loader size="sm" />
          <Text size="sm">{t('imports.reading')}</Text>
        </Group>
      ) : null}
      {preview.isError ? (
        <Alert color="red" role="alert" title={t('imports.unreadable')}>
          {explain(preview.error)}
        </Alert>
      ) : null}
      {preview.data === undefined || preview.isError ? null : (
        <FilePreview
          preview={preview.data}
          types={types}
          skip={skip}
          into={place.tableId}
          busy={preview.isPlaceholderData}
          onTypes={setTypes}
          onSkip={setSkip}
        />
      )}
      <Group justify="flex-end">
        <Button onClick={start} disabled={preview.data === undefined || preview.isError}>
          {t('imports.start')}
        </Button>
      </Group>
    </Stack>
  );
}
