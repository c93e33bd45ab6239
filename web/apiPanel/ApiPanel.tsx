import { Anchor, Code, Drawer, Group, Input, SegmentedControl, Stack, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Table } from '../api/shapes.ts';
import { CopyButton } from './CopyButton.tsx';
import { exampleValues } from './exampleValues.ts';
import { type Action, actions } from './requests.ts';
import { type SnippetLanguageName, snippetLanguages, writeSnippet } from './snippets.ts';
import { TokenChoice } from './TokenChoice.tsx';
import { useTableRow } from './useTableRow.ts';

/** Stands for the token until one is chosen. */
const placeholder = 'YOUR_API_TOKEN';

const languageNames = Object.keys(snippetLanguages) as SnippetLanguageName[];

/** Requests to this table, ready to paste. A token that was chosen lives as long as the panel. */
export function ApiPanel({ table, onClose }: { table: Table; onClose: () => void }) {
  const { t } = useTranslation();
  const [action, setAction] = useState<Action>('list');
  const [language, setLanguage] = useState<SnippetLanguageName>('curl');
  const [secret, setSecret] = useState<string | null>(null);
  const key = useTableRow(table);
  const address = `${location.origin}/api/v2/tables/${table.id}/records`;
  const values = exampleValues(table.columns);
  // delete shows the same record as read: the person decides whether to run it
  const target = {
    origin: location.origin,
    tableId: table.id,
    token: secret ?? placeholder,
    key,
    values,
  };
  const code = writeSnippet(language, action, target);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t('apiPanel.title', { title: table.title })}
    >
      <Stack>
        <div>
          <Input.Label component="div">{t('apiPanel.address')}</Input.Label>
          <Group gap="xs" wrap="nowrap">
            <Code style={{ overflowWrap: 'anywhere', flex: 1 }}>{address}</Code>
            <CopyButton text={address} label={t('apiPanel.copyAddress')} />
          </Group>
        </div>
        <TokenChoice baseId={table.base_id} inserted={secret !== null} onToken={setSecret} />
        <SegmentedControl
          aria-label={t('apiPanel.action')}
          fullWidth
          size="xs"
          data={actions.map((value) => ({ value, label: t(`apiPanel.actions.${value}`) }))}
          value={action}
          onChange={(value) => setAction(value as Action)}
        />
        <Tabs
          value={language}
          onChange={(value) => setLanguage((value ?? 'curl') as SnippetLanguageName)}
          keepMounted={false}
        >
          <Tabs.List aria-label={t('apiPanel.language')}>
            {languageNames.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {snippetLanguages[name].name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {languageNames.map((name) => (
            <Tabs.Panel key={name} value={name} pt="sm">
              <Group justify="flex-end" mb={4}>
                <CopyButton text={code} label={t('apiPanel.copySnippet')} worded />
              </Group>
              <Code block tabIndex={0} style={{ whiteSpace: 'pre', overflowX: 'auto' }}>
                {code}
              </Code>
            </Tabs.Panel>
          ))}
        </Tabs>
        <Text size="xs" c="dimmed">
          {t(`apiPanel.hints.${action}`)}{' '}
          <Anchor
            underline="always"
            size="xs"
            href={`/api/v2/meta/bases/${table.base_id}/swagger`}
            target="_blank"
            rel="noreferrer"
          >
            {t('apiPanel.docs')}
          </Anchor>
        </Text>
      </Stack>
    </Drawer>
  );
}
