import { ColorSwatch, Group, Input, useMantineTheme } from '@mantine/core';
import { IconCheck, IconSlash } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './colorChoice.module.css';

const names = [
  'gray',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'cyan',
  'blue',
  'indigo',
  'violet',
  'grape',
  'pink',
] as const;

interface ColorChoiceProps {
  /** As the wire has it; empty: none. */
  readonly value: string;
  readonly disabled?: boolean;
  readonly onChange: (color: string) => void;
}

/** A colour of the theme for a base or table, or none. One that came from elsewhere stays until another is chosen. */
export function ColorChoice({ value, disabled = false, onChange }: ColorChoiceProps) {
  const { t } = useTranslation();
  const { colors } = useMantineTheme();
  const id = useId();
  const choices = [
    { name: 'none', color: '' },
    ...names.map((name) => ({ name, color: (colors[name][6] ?? '').toLowerCase() })),
  ];
  return (
    <Input.Wrapper label={t('bases.colour')} labelElement="div" labelProps={{ id }}>
      <Group gap="sm" mt={8} role="radiogroup" aria-labelledby={id}>
        {choices.map(({ name, color }) => {
          const label = t(`ui.colors.${name}`);
          const chosen = color === value.toLowerCase();
          const Sign = color === '' ? IconSlash : IconCheck;
          return (
            <label key={name} className={classes.choice} title={label}>
              <input
                type="radio"
                name={id}
                aria-label={label}
                checked={chosen}
                disabled={disabled}
                onChange={() => onChange(color)}
              />
              <ColorSwatch color={color === '' ? 'transparent' : color} size={28} component="span">
                {chosen || color === '' ? (
                  <Sign
                    size={16}
                    color={color === '' ? 'var(--mantine-color-dimmed)' : 'var(--mantine-color-white)'}
                    aria-hidden
                  />
                ) : null}
              </ColorSwatch>
            </label>
          );
        })}
      </Group>
    </Input.Wrapper>
  );
}
