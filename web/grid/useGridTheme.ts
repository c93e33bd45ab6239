import type { Theme } from '@glideapps/glide-data-grid';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';

/** Colours that cells draw themselves. */
export interface CellColors {
  /** Text on light and on dark bubbles. */
  readonly onLight: string;
  readonly onDark: string;
  readonly star: string;
  readonly refused: string;
}

export interface GridTheme {
  readonly theme: Partial<Theme>;
  readonly colors: CellColors;
}

/** A canvas needs real colours: the tokens of the theme as they are now. */
function readTheme(isDark: boolean): GridTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--mantine-${name}`).trim();
  const gray = (light: number, dark: number): string =>
    isDark ? token(`color-dark-${dark}`) : token(`color-gray-${light}`);
  const text = token('color-text');
  const body = token('color-body');
  const accent = token('primary-color-filled');
  const font = style.getPropertyValue('--mantine-font-family').trim();
  return {
    theme: {
      accentColor: accent,
      accentFg: token('primary-color-contrast') || body,
      accentLight: token('primary-color-light'),
      textDark: text,
      textMedium: gray(7, 1),
      textLight: gray(6, 2),
      textBubble: text,
      bgIconHeader: gray(7, 1),
      fgIconHeader: body,
      textHeader: text,
      textHeaderSelected: token('primary-color-contrast') || body,
      bgCell: body,
      bgCellMedium: gray(0, 8),
      bgHeader: gray(0, 8),
      bgHeaderHasFocus: gray(2, 5),
      bgHeaderHovered: gray(1, 6),
      bgBubble: gray(2, 5),
      bgBubbleSelected: gray(2, 5),
      borderColor: gray(2, 5),
      horizontalBorderColor: gray(2, 5),
      drilldownBorder: gray(3, 4),
      linkColor: token('color-anchor'),
      cellHorizontalPadding: 10,
      cellVerticalPadding: 6,
      headerFontStyle: '600 13px',
      baseFontStyle: '13px',
      markerFontStyle: '11px',
      editorFontSize: '13px',
      headerIconSize: 18,
      fontFamily: font,
      roundingRadius: 4,
    },
    colors: {
      onLight: token('color-black'),
      onDark: token('color-white'),
      star: token(isDark ? 'color-yellow-4' : 'color-yellow-7'),
      refused: token('color-red-light'),
    },
  };
}

/** The grid's theme; changes with light and dark. Undefined before the first paint. */
export function useGridTheme(): GridTheme | undefined {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const [read, setRead] = useState<GridTheme>();
  useEffect(() => {
    // The tokens of the other scheme hold once the page's attribute has changed.
    const frame = requestAnimationFrame(() => setRead(readTheme(scheme === 'dark')));
    return () => cancelAnimationFrame(frame);
  }, [scheme]);
  return read;
}
