// The language of the page: chosen by the reader, else by the browser; only the chosen locale is loaded.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = ['en', 'hi'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORAGE_KEY = 'clearchart.language';

const loaders: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import('./locales/en/index.ts'),
  hi: async () => {
    const [locale] = await Promise.all([import('./locales/hi/index.ts'), loadDevanagari()]);
    return locale;
  },
};

/** The longest that the texts wait for their font (ms); after it they are drawn with what the device has. */
const FONT_WITHIN_MS = 2_000;

/** Text that Chromium has drawn once without the font stays blank on a device that has no Devanagari: the font comes first. */
export async function loadDevanagari(): Promise<void> {
  await import('./devanagari.css');
  if (typeof document === 'undefined') return;
  await Promise.race([
    document.fonts.load('16px "Noto Sans Devanagari Variable"', 'अ').catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, FONT_WITHIN_MS)),
  ]);
}

function isLanguage(value: string | null): value is Language {
  return LANGUAGES.some((language) => language === value);
}

function preferredLanguage(): Language {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    if (isLanguage(stored)) return stored;
  } catch {
    // Storage may be forbidden; the browser's language then decides.
  }
  return navigator.language.startsWith('hi') ? 'hi' : 'en';
}

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  const locale = await loaders[language]();
  i18next.addResourceBundle(language, 'translation', locale.default);
}

function show(language: Language): void {
  document.documentElement.lang = language;
}

/** Prepares the texts of a language, once. */
export async function startTexts(language: Language): Promise<typeof i18next> {
  if (!i18next.isInitialized)
    await i18next.use(initReactI18next).init({
      lng: language,
      resources: {},
      interpolation: { escapeValue: false }, // React escapes
      returnNull: false,
      returnEmptyString: true,
    });
  await load(language);
  await i18next.changeLanguage(language);
  return i18next;
}

/** Prepares the reader's language before the app draws its first page. */
export async function startLanguage(): Promise<Language> {
  const language = preferredLanguage();
  await startTexts(language);
  show(language);
  return language;
}

export async function changeLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  show(language);
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // The choice then lasts as long as the page.
  }
}
