import { NativeSelect, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReadingOptions } from './shapes.ts';

interface ReadingChoicesProps {
  readonly reading: ReadingOptions;
  readonly onChange: (reading: ReadingOptions) => void;
}

const choices = {
  header: ['true', 'false'],
  delimiter: ['comma', 'semicolon', 'tab', 'pipe'],
  decimalComma: ['false', 'true'],
  encoding: ['utf-8', 'windows-1252', 'utf-16le'],
} as const satisfies Record<keyof ReadingOptions, readonly string[]>;

/** How a CSV file is read, when what was found out is not right. */
export function ReadingChoices({ reading, onChange }: ReadingChoicesProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
      {Object.entries(choices).map(([name, values]) => (
        <NativeSelect
          key={name}
          size="xs"
          label={t(`imports.${name}.label`)}
          value={reading[name as keyof ReadingOptions] ?? ''}
          data={[
            { value: '', label: t('imports.automatic') },
            ...values.map((value) => ({ value, label: t(`imports.${name}.${value}`) })),
          ]}
          onChange={({ currentTarget }) => {
            const { [name as keyof ReadingOptions]: _before, ...others } = reading;
            onChange(currentTarget.value === '' ? others : { ...others, [name]: currentTarget.value });
          }}
        />
      ))}
    </SimpleGrid>
  );
}
