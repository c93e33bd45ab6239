import { Group, Radio, useMantineTheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const names = [
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'cyan',
  'blue',
  'indigo',
  'violet',
  'pink',
] as const;

interface ColorChoiceProps {
  /** As the wire has it; empty: none. */
  readonly value: string;
  readonly disabled: boolean;
  readonly onChange: (color: string) => void;
}

/** A colour of the theme for a base, or none. One that came from elsewhere stays until another is chosen. */
export function ColorChoice({ value, disabled, onChange }: ColorChoiceProps) {
  const { t } = useTranslation();
  const { colors } = useMantineTheme();
  return (
    <Radio.Group label={t('team.base.color')} value={value.toLowerCase()} onChange={onChange}>
      <Group gap="md" mt="xs">
        <Radio value="" color="gray" label={t('team.colors.none')} disabled={disabled} />
        {names.map((name) => {
          const color = (colors[name][7] ?? '').toLowerCase();
          return (
            <Radio
              key={name}
              value={color}
              color={color}
              label={t(`team.colors.${name}`)}
              disabled={disabled}
              variant="filled"
            />
          );
        })}
      </Group>
    </Radio.Group>
  );
}
