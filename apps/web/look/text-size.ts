// How large everything is drawn, beside what the browser does by itself; kept on this device.
const STORAGE_KEY = 'clearchart.text-size';

/** Factor of the usual size. */
const FACTORS = { usual: 1, larger: 1.15, largest: 1.3 } as const;

export type TextSize = keyof typeof FACTORS;

export const TEXT_SIZES = Object.keys(FACTORS) as TextSize[];

export function isTextSize(value: string | null): value is TextSize {
  return value !== null && Object.hasOwn(FACTORS, value);
}

export function textSize(): TextSize {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return isTextSize(stored) ? stored : 'usual';
  } catch {
    return 'usual';
  }
}

/** To be called before the first page is drawn. `--zoom` is for lengths measured in parts of the window. */
export function showTextSize(size: TextSize = textSize()): void {
  const { style } = document.documentElement;
  style.setProperty('zoom', size === 'usual' ? '' : String(FACTORS[size]));
  style.setProperty('--zoom', String(FACTORS[size]));
}

export function changeTextSize(size: TextSize): void {
  showTextSize(size);
  try {
    if (size === 'usual') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, size);
  } catch {
    // The choice then lasts as long as the page.
  }
}
