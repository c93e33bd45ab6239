import { Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FilterValueProps, itemsOf } from './FilterValue.tsx';
import { TypedValue } from './TypedValue.tsx';

/** The two ends of a span, sent when both are there: half a span filters nothing. */
export function BetweenValue(props: FilterValueProps) {
  const { t } = useTranslation();
  const { filter, onChange } = props;
  const [low = '', high = ''] = itemsOf(filter.value);
  const [ends, setEnds] = useState<readonly [string, string]>([low, high]);
  useEffect(() => setEnds([low, high]), [low, high]);
  function commit(next: readonly [string, string]): void {
    setEnds(next);
    if (next.every((end) => end === '')) onChange({ value: null }, true);
    else if (next.every((end) => end !== '')) onChange({ value: next }, true);
  }
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <TypedValue
        {...props}
        label={t('views.from')}
        text={ends[0]}
        onCommit={(text) => commit([text, ends[1]])}
      />
      <TypedValue
        {...props}
        label={t('views.to')}
        text={ends[1]}
        onCommit={(text) => commit([ends[0], text])}
      />
    </Group>
  );
}
