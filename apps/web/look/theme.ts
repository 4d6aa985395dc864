// The look as a Mantine theme. Components follow it; what Mantine mixes by itself (soft variants) is replaced by measured pairs.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { colour, fontFamily, fontFamilyMonospace, palettes, type Scheme, semanticVariables } from './tokens.ts';

const shades = (palette: string[]) => palette as unknown as MantineColorsTuple;

export const theme = createTheme({
  colors: {
    gray: shades(palettes.neutral),
    dark: shades(palettes.dark),
    brand: shades(palettes.brand),
    green: shades(palettes.success),
    yellow: shades(palettes.warning),
    red: shades(palettes.danger),
    blue: shades(palettes.info),
  },
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  black: '#1b221f',
  white: '#ffffff',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '6px', sm: '6px', md: '10px', lg: '16px', xl: '999px' },
  fontSizes: { xs: '13px', sm: '14px', md: '16px', lg: '18px', xl: '22px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.35' },
  fontFamily,
  fontFamilyMonospace,
  shadows: { sm: 'var(--shadow-1)', md: 'var(--shadow-2)' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '28px', lineHeight: '1.2' },
      h2: { fontSize: '18px', lineHeight: '1.35' },
      h3: { fontSize: '16px', lineHeight: '1.4' },
      h4: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { variant: 'default' } },
    Modal: { defaultProps: { centered: true, radius: 'lg', shadow: 'md' } },
    // A header element outside the page's landmarks would be a second banner.
    ModalHeader: { defaultProps: { role: 'none' } },
  },
});

function variables(scheme: Scheme): Record<string, string> {
  return {
    ...semanticVariables(scheme),
    '--mantine-color-body': colour('surface', scheme),
    '--mantine-color-text': colour('text', scheme),
    '--mantine-color-bright': colour('text', scheme),
    '--mantine-color-dimmed': colour('text-2', scheme),
    '--mantine-color-placeholder': colour('text-2', scheme),
    '--mantine-color-default': colour('surface', scheme),
    '--mantine-color-default-hover': colour('sunken', scheme),
    '--mantine-color-default-color': colour('text', scheme),
    '--mantine-color-default-border': colour('line-strong', scheme),
    '--mantine-color-anchor': colour('brand', scheme),
    '--mantine-color-error': colour('bad', scheme),
    '--mantine-color-success': colour('ok', scheme),
    '--mantine-color-brand-filled': colour('brand', scheme),
    '--mantine-color-brand-filled-hover': colour('brand-hover', scheme),
    '--mantine-color-red-filled': colour('bad', scheme),
    '--mantine-primary-color-contrast': colour('on-brand', scheme),
  };
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: variables('light'),
  dark: variables('dark'),
});
