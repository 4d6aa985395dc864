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

/** "हि" drawn, not typed: the Devanagari font is only loaded for readers of Hindi. Outline of Noto Sans Devanagari Medium (SIL OFL 1.1). */
function HindiMark() {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path
        fill="currentColor"
        stroke="none"
        d="M7.6 7.4L5.7 7.4Q5.4 6.9 5.2 6.4Q5.1 5.9 5.1 5.3Q5.1 3.7 6.3 2.9Q7.5 2 9.5 2Q11.5 2 13.3 2.7Q15 3.4 16.4 4.6Q17.8 5.8 18.7 7.4L16.8 7.4Q15.9 6.1 14.8 5.3Q13.7 4.5 12.5 4Q11.2 3.6 10 3.6Q8.5 3.6 7.7 4.1Q7 4.7 7 5.6Q7 6.2 7.2 6.6Q7.4 7.1 7.6 7.4ZM9.5 8.8L7.6 8.8L7.6 19.2L5.7 19.2L5.7 8.8L4.1 8.8L4.1 7.2L9.5 7.2L9.5 8.8ZM13.2 14L12 15Q11.3 14.4 10.9 13.8Q10.5 13.2 10.5 12.5Q10.5 11.5 11.3 10.9Q12 10.3 13.6 10.3L16.1 10.3L16.1 8.8L9.3 8.8L9.3 7.2L19.9 7.2L19.9 8.8L18 8.8L18 11.9L13.8 11.9Q13 11.9 12.7 12.1Q12.3 12.4 12.3 12.8Q12.3 13.2 12.6 13.5Q12.8 13.8 13.2 14ZM17.1 19.2L15.7 18Q16.3 17.7 16.6 17.3Q16.9 17 16.9 16.5Q16.9 16 16.5 15.6Q16 15.2 14.9 15.2Q13.7 15.2 13 15.7Q12.4 16.2 12.4 17.1Q12.4 17.8 12.9 18.4Q13.4 18.9 14.3 19.4Q15.3 19.9 16.8 20.5L15.9 22Q14.3 21.4 13.1 20.7Q11.8 20 11.2 19.1Q10.5 18.2 10.5 17.1Q10.5 15.9 11.1 15.1Q11.7 14.4 12.7 14Q13.7 13.6 15 13.6Q16.3 13.6 17.2 14Q18 14.4 18.4 15.1Q18.8 15.7 18.8 16.5Q18.8 17.3 18.4 18Q18 18.6 17.1 19.2Z"
      />
    </svg>
  );
}
