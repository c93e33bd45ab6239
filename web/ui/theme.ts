import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Menu,
  type VariantColorsResolver,
} from '@mantine/core';

/** The one accent: a green that keeps 4.5:1 on white (shade 7) and on dark (shade 4). */
const accent: MantineColorsTuple = [
  '#e8f6f2',
  '#d3ebe4',
  '#a7d7ca',
  '#78c2ae',
  '#52b097',
  '#3ba588',
  '#2f8f75',
  '#267a63',
  '#1d6652',
  '#0f4e3e',
];

/** Text on the accent is chosen for the scheme on the screen: the shades of light and dark differ. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const onAccent = input.variant === 'filled' && input.color === input.theme.primaryColor;
  return onAccent ? { ...colors, color: 'var(--mantine-primary-color-contrast)' } : colors;
};

/** One type scale, one spacing scale, one accent. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 5 },
  colors: { accent },
  autoContrast: true,
  variantColorResolver: variantColors,
  luminanceThreshold: 0.2, // from here on black text reads better: 4.5:1 on every filled shade in use
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  headings: { fontWeight: '600' },
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    // The focus goes to the first item: what Mantine puts before it is no item, which screen readers mind.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
  },
});
