import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from 'wouter';
import { openImport, useImporting } from './importing.ts';
import classes from './imports.module.css';

const bringsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** A file that is dropped anywhere becomes an import, into the base on the screen if there is one. */
export function DropToImport() {
  const { t } = useTranslation();
  const [, base] = useRoute('/base/:baseId/*?');
  const baseId = base?.baseId;
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0; // dragenter and dragleave come for every element on the way
    const count = (change: 1 | -1): void => {
      depth = Math.max(0, depth + change);
      setOver(depth > 0);
    };
    const listeners: [string, (event: DragEvent) => void][] = [
      ['dragenter', () => count(1)],
      ['dragleave', () => count(-1)],
      ['dragover', (event) => event.preventDefault()],
      [
        'drop',
        (event) => {
          depth = 0;
          setOver(false);
          event.preventDefault();
          const file = event.dataTransfer?.files[0];
          if (file !== undefined) openImport({ ...useImporting.getState().request, file, baseId });
        },
      ],
    ];
    const attached = listeners.map(([name, listen]) => {
      const guarded = (event: Event): void => {
        if (!event.defaultPrevented && bringsFiles(event as DragEvent)) listen(event as DragEvent);
      };
      window.addEventListener(name, guarded);
      return () => window.removeEventListener(name, guarded);
    });
    return () => {
      for (const detach of attached) detach();
    };
  }, [baseId]);
  if (!over) return null;
  return (
    <div className={classes.dropping} aria-hidden>
      <Text fw={600}>{t('imports.drop')}</Text>
    </div>
  );
}
