// How much in the morning, at noon and at night, as on a pharmacy's label: 1–0–1.
import { useTranslation } from 'react-i18next';
import './dose.css';

export function Dose({ perDay }: { perDay: readonly [number, number, number] }) {
  const { t } = useTranslation();
  const [morning, noon, night] = perDay;
  return (
    <p className="dose" role="img" aria-label={t('dose.label', { morning, noon, night })}>
      {perDay.map((amount, at) => (
        <span key={at} className={amount > 0 ? 'on' : undefined}>
          {amount}
        </span>
      ))}
    </p>
  );
}
