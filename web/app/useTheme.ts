import { createTheme, mergeThemeOverrides } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { theme } from '../ui/theme.ts';

/** The theme with the words that components bring along. */
export function useTheme() {
  const { t, i18n } = useTranslation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: t changes with the language
  return useMemo(() => {
    const closeButtonProps = { 'aria-label': t('common.close') };
    const closing = { defaultProps: { closeButtonProps } };
    const words = createTheme({
      components: {
        // Mantine's own shades of titles are too pale on their ground.
        Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
        Modal: closing,
        Drawer: closing,
        Notification: {
          defaultProps: { closeButtonProps },
          styles: { description: { color: 'var(--mantine-color-dimmed)' } },
        },
        // The first item takes the focus, as menus do; a placeholder in between is no menu item.
        Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
      },
    });
    return mergeThemeOverrides(theme, words);
  }, [i18n.language]);
}
