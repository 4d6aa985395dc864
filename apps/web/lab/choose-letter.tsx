import type { Lab } from '@clearchart/api';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../language/format.ts';
import { letterChanged, mostTelling, oneLetterOther, wordsOf } from './block-words.ts';
import type { LabPlace } from './use-lab.ts';

interface ChooseLetterProps {
  lab: Lab;
  place: LabPlace;
  setPlace: (place: LabPlace) => void;
  /** Of the stored block; undefined while it is fetched. */
  text: string | undefined;
  isPending: boolean;
  /** Another change is under way. */
  isHeldBack: boolean;
  onChange: (letter: { position: number; letter: string }) => void;
}

export function ChooseLetter({ lab, place, setPlace, text, isPending, isHeldBack, onChange }: ChooseLetterProps) {
  const { t } = useTranslation();
  const name = lab.hospitals.find(({ organization }) => organization === place.organization)?.name ?? '';
  return (
    <div className="stack">
      <NativeSelect
        label={t('lab.hospital')}
        value={place.organization}
        onChange={(event) => setPlace({ ...place, organization: event.currentTarget.value })}
        data={lab.hospitals.map((one) => ({ value: one.organization, label: one.name }))}
      />
      <BlockNumber newest={lab.newest} height={place.height} onChange={(height) => setPlace({ ...place, height })} />
      {text === undefined ? null : (
        <Letter
          key={`${place.organization} ${place.height}`}
          text={text}
          name={name}
          isPending={isPending}
          isHeldBack={isHeldBack}
          onChange={onChange}
        />
      )}
    </div>
  );
}

function BlockNumber({
  newest,
  height,
  onChange,
}: {
  newest: number;
  height: number;
  onChange: (height: number) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(String(height));
  const wanted = Number(typed);
  const isGood = Number.isSafeInteger(wanted) && wanted >= 1 && wanted <= newest;
  return (
    <TextInput
      label={t('lab.block')}
      inputMode="numeric"
      value={typed}
      error={isGood ? undefined : t('lab.blockFault', { newest: formatNumber(newest) })}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const next = Number(event.currentTarget.value);
        if (Number.isSafeInteger(next) && next >= 1 && next <= newest) onChange(next);
      }}
    />
  );
}

interface LetterProps {
  text: string;
  name: string;
  isPending: boolean;
  isHeldBack: boolean;
  onChange: ChooseLetterProps['onChange'];
}

/** Letters of an option; what is longer is shown by its ends. */
const OPTION_LETTERS = 28;

function Letter({ text, name, isPending, isHeldBack, onChange }: LetterProps) {
  const { t } = useTranslation();
  const words = wordsOf(text);
  const [chosen, setChosen] = useState(mostTelling(words));
  const [typed, setTyped] = useState(oneLetterOther(chosen?.value ?? ''));
  if (chosen === undefined) return <p className="muted">{t('lab.noWords')}</p>;
  const changed = letterChanged(chosen, typed);
  return (
    <>
      <NativeSelect
        label={t('lab.words')}
        value={String(chosen.position)}
        onChange={(event) => {
          const next = words.find(({ position }) => String(position) === event.currentTarget.value);
          setChosen(next);
          setTyped(oneLetterOther(next?.value ?? ''));
        }}
        data={words.map(({ key, value, position }) => ({
          value: String(position),
          label: `${t(`lab.key.${key}`, { defaultValue: key })}: ${shortened(value)}`,
        }))}
      />
      <p className="lab-words">
        <span className="small muted">{t('lab.before')}</span>
        <code className="break">{chosen.value}</code>
      </p>
      <TextInput
        label={t('lab.after')}
        description={t('lab.afterDetail')}
        className="lab-typed"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        error={changed === undefined ? t('lab.notOne') : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button
        variant="filled"
        disabled={changed === undefined || isHeldBack}
        loading={isPending}
        onClick={() => changed !== undefined && onChange(changed)}
      >
        {t('lab.act', { name })}
      </Button>
    </>
  );
}

function shortened(value: string): string {
  return value.length <= OPTION_LETTERS ? value : `${value.slice(0, OPTION_LETTERS - 9)} … ${value.slice(-6)}`;
}
