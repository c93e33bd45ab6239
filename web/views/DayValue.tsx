import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type FilterValueProps, textOf } from './FilterValue.tsx';
import { askedBy, dayWords, spanWords } from './operators.ts';
import { useTypedText } from './useTypedText.ts';

/** Which day, or which span of days, a date is compared with. */
export function DayValue({ filter, readOnly, onChange, span }: FilterValueProps & { span: boolean }) {
  const { t } = useTranslation();
  const words: readonly string[] = span ? spanWords : dayWords;
  // a date without a word is an exact one
  const word = filter.comparison_sub_op ?? (span ? null : 'exactDate');
  const asked = askedBy(word);
  const number = useTypedText(textOf(filter.value), (text) =>
    onChange({ value: text === '' ? null : text }, true),
  );
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <Select
        size="xs"
        flex={1}
        miw={110}
        aria-label={t('views.day')}
        data={words.map((value) => ({ value, label: t(`views.days.${value}`) }))}
        value={word}
        readOnly={readOnly}
        allowDeselect={false}
        onChange={(value) => {
          const same = askedBy(value) === asked;
          onChange({ comparison_sub_op: value, value: same ? filter.value : null });
        }}
      />
      {asked === 'number' ? (
        <NumberInput
          size="xs"
          w={80}
          min={0}
          max={100_000}
          allowDecimal={false}
          allowNegative={false}
          aria-label={t('views.numberOfDays')}
          value={number.text}
          readOnly={readOnly}
          onChange={(value) => number.type(String(value))}
          onBlur={number.flush}
        />
      ) : null}
      {asked === 'date' ? (
        <TextInput
          size="xs"
          type="date"
          flex={1}
          miw={120}
          aria-label={t('views.date')}
          // an instant of another client shows its day
          value={textOf(filter.value).slice(0, 10)}
          readOnly={readOnly}
          onChange={(event) => onChange({ value: event.currentTarget.value || null })}
        />
      ) : null}
    </Group>
  );
}
