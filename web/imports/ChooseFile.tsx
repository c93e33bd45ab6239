import { Button, FileButton, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './imports.module.css';

const accepted = '.csv,.tsv,.txt,.json,.ndjson,.jsonl,.xlsx,.sqlite,.sqlite3,.db';

/** Dropping works everywhere on the page, so here too. */
export function ChooseFile({ onChoose }: { onChoose: (file: File) => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.zone}>
      <IconFileUpload size={36} stroke={1.5} aria-hidden />
      <Text fw={600}>{t('imports.dropHere')}</Text>
      <Text size="sm" c="dimmed">
        {t('imports.formats')}
      </Text>
      <FileButton onChange={(file) => file !== null && onChoose(file)} accept={accepted}>
        {(props) => (
          <Button {...props} mt="sm" data-autofocus>
            {t('imports.choose')}
          </Button>
        )}
      </FileButton>
    </div>
  );
}
