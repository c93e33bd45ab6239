import { Combobox, Group, InputBase, Text, useCombobox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TypeIcon } from '../../ui/TypeIcon.tsx';
import { offeredTypes } from './columnKinds.ts';

interface TypeSelectProps {
  readonly value: string;
  readonly types?: readonly string[];
  readonly onChange: (uidt: string) => void;
}

/** The type of a field, with icon and words; typing searches. */
export function TypeSelect({ value, types = offeredTypes, onChange }: TypeSelectProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState<string | null>(null);
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch(null);
    },
  });
  const word = (uidt: string): string => t(`columns.types.${uidt}`);
  const wanted = (search ?? '').trim().toLowerCase();
  const found = types.filter((uidt) => `${word(uidt)} ${uidt}`.toLowerCase().includes(wanted));
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(uidt) => {
        onChange(uidt);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <InputBase
          label={t('columns.type')}
          leftSection={<TypeIcon type={value} />}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          value={search ?? word(value)}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={t('columns.type')} mah={280} style={{ overflowY: 'auto' }}>
          {found.map((uidt) => (
            <Combobox.Option key={uidt} value={uidt} active={uidt === value}>
              <Group gap="xs" wrap="nowrap">
                <TypeIcon type={uidt} />
                <Text size="sm">{word(uidt)}</Text>
              </Group>
            </Combobox.Option>
          ))}
          {found.length === 0 ? <Combobox.Empty>{t('columns.noType')}</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
