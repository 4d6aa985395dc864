import { useTranslation } from 'react-i18next';
import { changeLanguage } from '../language/i18n.ts';

/** Names the other language in its own script. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const toHindi = i18n.language !== 'hi';
  return (
    <button
      type="button"
      className="tool"
      lang={toHindi ? 'hi' : 'en'}
      aria-label={toHindi ? 'हि: हिन्दी में पढ़ें' : 'EN: read in English'}
      onClick={() => void changeLanguage(toHindi ? 'hi' : 'en')}
    >
      {toHindi ? <HindiMark /> : 'EN'}
    </button>
  );
}

/** "हि" drawn, not typed: the Devanagari font is only loaded for readers of Hindi. */
function HindiMark() {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M3 8.5h18M8 8.500v12M8 8.500C7.500 3.500 12.500 2.500 15.500 8.500M15.500 8.500v2.200c-4 .2-4.500 4.100-1.200 4.300 1.700.1 3-.9 3.200-2.200M14 15c-2.800.5-2.300 4 .6 4 1.300 0 2 .7 2 1.700" />
    </svg>
  );
}
