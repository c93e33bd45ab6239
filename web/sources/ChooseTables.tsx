import { Badge, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ForeignTables } from './shapes.ts';
import classes from './sources.module.css';

/** Rows drawn at once; the search leads to the others. */
const shownRows = 300;

interface ChooseTablesProps {
  readonly found: ForeignTables;
  readonly schema: string | undefined;
  readonly onSchema: (schema: string) => void;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

/** Which tables and views of a database become tables of the base. */
export function ChooseTables({ found, schema, onSchema, chosen, onChoose }: ChooseTablesProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const words = search.trim().toLowerCase();
  const matching = found.tables.filter(({ name }) => name.toLowerCase().includes(words));
  const count = matching.filter(({ name }) => chosen.has(name)).length;
  const all = matching.length > 0 && count === matching.length;

  function toggle(names: readonly string[], on: boolean): void {
    const next = new Set(chosen);
    for (const name of names) {
      if (on) next.add(name);
      else next.delete(name);
    }
    onChoose(next);
  }

  return (
    <Stack gap="sm">
      {found.schemas.length > 1 ? (
        <NativeSelect
          label={t('sources.fields.schema')}
          value={schema ?? found.schemas[0]}
          data={[...found.schemas]}
          onChange={(event) => onSchema(event.currentTarget.value)}
        />
      ) : null}
      <TextInput
        aria-label={t('sources.searchTables')}
        placeholder={t('sources.searchTables')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <Checkbox
        label={t('sources.allTables', { chosen: chosen.size, count: found.tables.length })}
        checked={all}
        indeterminate={count > 0 && !all}
        disabled={matching.length === 0}
        onChange={(event) =>
          toggle(
            matching.map(({ name }) => name),
            event.currentTarget.checked,
          )
        }
      />
      <ul className={classes.tables} aria-label={t('sources.tables')}>
        {matching.slice(0, shownRows).map(({ name, type }) => (
          <li key={name}>
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <Checkbox
                label={name}
                checked={chosen.has(name)}
                onChange={(event) => toggle([name], event.currentTarget.checked)}
                styles={{ label: { overflowWrap: 'anywhere' } }}
              />
              {type === 'view' ? (
                <Badge variant="light" color="gray" flex="none">
                  {t('sources.view')}
                </Badge>
              ) : null}
            </Group>
          </li>
        ))}
      </ul>
      {matching.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('sources.noTables')}
        </Text>
      ) : null}
      {matching.length > shownRows ? (
        <Text size="sm" c="dimmed">
          {t('sources.moreTables', { count: matching.length - shownRows })}
        </Text>
      ) : null}
      {found.notes.map((note) => (
        <Text key={note} size="sm" c="dimmed">
          {note}
        </Text>
      ))}
    </Stack>
  );
}
