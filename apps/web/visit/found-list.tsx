// What a search found, and the words as typed below it.
import { useTranslation } from 'react-i18next';

export interface Found {
  readonly key: string;
  readonly words: string;
  readonly small?: string;
  readonly choose: () => void;
}

interface FoundListProps {
  found: readonly Found[];
  typed: string;
  onWords: (words: string) => void;
}

export function FoundList({ found, typed, onWords }: FoundListProps) {
  const { t } = useTranslation();
  const words = typed.trim();
  return (
    <ul className="found" aria-label={t('visit.found')}>
      {found.map((one) => (
        <li key={one.key}>
          <button type="button" onClick={one.choose}>
            {one.words} <small>{one.small}</small>
          </button>
        </li>
      ))}
      {words === '' ? null : (
        <li>
          <button type="button" onClick={() => onWords(words)}>
            {t('visit.inWords', { words })} <small>{t('visit.uncoded')}</small>
          </button>
        </li>
      )}
    </ul>
  );
}
