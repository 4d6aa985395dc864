import { Menu, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../parts/icon.tsx';

const CHOICES = [
  { value: 'auto', words: 'theme.system', icon: 'system' },
  { value: 'light', words: 'theme.light', icon: 'sun' },
  { value: 'dark', words: 'theme.dark', icon: 'moon' },
] as const satisfies { value: string; words: string; icon: IconName }[];

export function ThemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const chosen = CHOICES.find((choice) => choice.value === colorScheme) ?? CHOICES[0];
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <button type="button" className="tool" aria-label={t('theme.label', { chosen: t(chosen.words) })}>
          <Icon name={chosen.icon} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {CHOICES.map((choice) => (
          <Menu.Item
            key={choice.value}
            role="menuitemradio"
            aria-checked={choice.value === colorScheme}
            leftSection={<Icon name={choice.icon} />}
            rightSection={choice.value === colorScheme ? <Icon name="check" little /> : undefined}
            onClick={() => setColorScheme(choice.value)}
          >
            {t(choice.words)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
