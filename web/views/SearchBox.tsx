import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearches } from './search.ts';
import { useTypedText } from './useTypedText.ts';

/** Searches the visible fields; for this person only, never kept. */
export function SearchBox({ tableId }: { tableId: string }) {
  const { t } = useTranslation();
  const value = useSearches((searches) => searches.texts[tableId] ?? '');
  const setText = useSearches((searches) => searches.setText);
  const typed = useTypedText(value, (text) => setText(tableId, text), 300);
  return (
    <TextInput
      size="xs"
      w={{ sm: 200 }}
      miw={130}
      flex={{ base: 1, sm: 'none' }}
      type="search"
      aria-label={t('views.search')}
      placeholder={t('views.search')}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        typed.text === '' ? null : (
          <CloseButton
            size="xs"
            aria-label={t('views.clearSearch')}
            onClick={() => {
              typed.type('');
              typed.flush();
            }}
          />
        )
      }
      value={typed.text}
      onChange={(event) => typed.type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') typed.flush();
      }}
    />
  );
}
