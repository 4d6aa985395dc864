// The look's values, read from the one file that designers and code share.
import tokens from './tokens.json' with { type: 'json' };

export type Scheme = 'light' | 'dark';
export type SemanticColour = keyof typeof tokens.semantic;

export const palettes = tokens.palettes;
export const contrastPairs = tokens.contrast;
export const fontFamily = `system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Open Sans", "Noto Sans Devanagari", "Noto Sans Devanagari Variable", "Nirmala UI", "Kohinoor Devanagari", sans-serif`;
export const fontFamilyMonospace = tokens.type.mono;

/** A colour of the look as `#rrggbb` in one scheme. */
export function colour(name: SemanticColour, scheme: Scheme): string {
  return tokens.semantic[name][scheme];
}

/** Every semantic colour as a CSS custom property of one scheme: `--canvas`, `--brand-soft`, … */
export function semanticVariables(scheme: Scheme): Record<string, string> {
  const names = Object.keys(tokens.semantic) as SemanticColour[];
  return Object.fromEntries(names.map((name) => [`--${name}`, colour(name, scheme)]));
}
