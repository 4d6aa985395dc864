import type { TFunction } from 'i18next';
import type { Medicine } from './summary.ts';

/** How often it is taken, as ordered: in the order's own words, else by its times; the amounts of a day stand beside it. */
export function doseWords({ dose }: Pick<Medicine, 'dose'>, t: TFunction): string | undefined {
  const often =
    dose.every === undefined
      ? undefined
      : t(`dose.every.${dose.every.unit}`, {
          count: dose.every.period,
          times: t('dose.times', { count: dose.every.times }),
        });
  const words = dose.text ?? (dose.perDay === undefined ? often : undefined);
  const parts = [words, dose.asNeeded ? t('dose.asNeeded') : undefined].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' · ');
}
