import { useTranslation } from 'react-i18next';

/** Where one is in a few short steps. */
export function Stepper({ names, current }: { names: readonly string[]; current: number }) {
  const { t } = useTranslation();
  return (
    <ol className="stepper no-print">
      {names.map((name, at) => (
        <li key={name} className={at < current ? 'done' : undefined} aria-current={at === current ? 'step' : undefined}>
          {t(`account.step.${name}`)}
        </li>
      ))}
    </ol>
  );
}
