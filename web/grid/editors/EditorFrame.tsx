import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './editors.module.css';

/** The box of an editor over its cell, with what is wrong below. */
export function EditorFrame({
  title,
  refusal,
  hint,
  children,
}: {
  title: string;
  refusal?: string | undefined;
  hint?: string | undefined;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes.frame} data-refused={refusal !== undefined || undefined}>
      {children}
      {refusal === undefined ? null : (
        <Text size="xs" className={classes.refusal} role="alert">
          {t('grid.refused', { title, reason: refusal })}
        </Text>
      )}
      {hint === undefined || refusal !== undefined ? null : (
        <Text size="xs" className={classes.hint}>
          {hint}
        </Text>
      )}
    </div>
  );
}
