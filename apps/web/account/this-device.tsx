// How the pages look and listen on this device; whoever signs in elsewhere chooses there anew.
import { NativeSelect, Switch, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, LANGUAGES } from '../language/i18n.ts';
import { changeTextSize, isTextSize, TEXT_SIZES, textSize } from '../look/text-size.ts';
import { setSingleKeys, singleKeysOn } from '../palette/keys.ts';

/** Each in its own words: whoever cannot read the page still finds the own language. */
const LANGUAGE_NAMES = { en: 'English', hi: 'हिन्दी' } as const;
const SCHEMES = ['auto', 'light', 'dark'] as const;
const SCHEME_WORDS = { auto: 'theme.system', light: 'theme.light', dark: 'theme.dark' } as const;

export function ThisDevice() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [size, setSize] = useState(textSize);
  const [single, setSingle] = useState(singleKeysOn);
  return (
    <section className="card stack" aria-labelledby="this-device">
      <div>
        <h2 id="this-device">{t('account.look')}</h2>
        <p className="small muted">{t('account.lookDetail')}</p>
      </div>
      <NativeSelect
        label={t('account.language')}
        name="language"
        value={i18n.language}
        data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        onChange={({ currentTarget: { value } }) => {
          const chosen = LANGUAGES.find((language) => language === value);
          if (chosen !== undefined) void changeLanguage(chosen);
        }}
      />
      <NativeSelect
        label={t('account.scheme')}
        name="scheme"
        value={colorScheme}
        data={SCHEMES.map((value) => ({ value, label: t(SCHEME_WORDS[value]) }))}
        onChange={({ currentTarget: { value } }) => {
          const chosen = SCHEMES.find((scheme) => scheme === value);
          if (chosen !== undefined) setColorScheme(chosen);
        }}
      />
      <NativeSelect
        label={t('account.textSize.label')}
        description={t('account.textSize.detail')}
        name="text-size"
        value={size}
        data={TEXT_SIZES.map((value) => ({ value, label: t(`account.textSize.${value}`) }))}
        onChange={({ currentTarget: { value } }) => {
          if (!isTextSize(value)) return;
          changeTextSize(value);
          setSize(value);
        }}
      />
      <Switch
        label={t('keys.single')}
        description={t('keys.singleDetail')}
        checked={single}
        onChange={({ currentTarget: { checked } }) => {
          setSingleKeys(checked);
          setSingle(checked);
        }}
      />
    </section>
  );
}
