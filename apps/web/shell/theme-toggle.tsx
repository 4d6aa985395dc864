import { useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../parts/icon.tsx';

const CHOICES = [
  { value: 'auto', words: 'theme.system', icon: 'system' },
  { value: 'light', words: 'theme.light', icon: 'sun' },
  { value: 'dark', words: 'theme.dark', icon: 'moon' },
] as const satisfies { value: string; words: string; icon: IconName }[];

/** One button that goes round: as the system, light, dark. Its name says what is chosen. */
export function ThemeToggle() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const at = CHOICES.findIndex((choice) => choice.value === colorScheme);
  const chosen = CHOICES[at] ?? CHOICES[0];
  const next = CHOICES[(at + 1) % CHOICES.length] ?? CHOICES[0];
  return (
    <button
      type="button"
      className="tool"
      title={t(chosen.words)}
      aria-label={t('theme.label', { chosen: t(chosen.words) })}
      onClick={() => setColorScheme(next.value)}
    >
      <Icon name={chosen.icon} />
    </button>
  );
}
