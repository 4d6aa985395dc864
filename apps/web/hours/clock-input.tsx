import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { parseClock } from './clock-text.ts';

interface Props extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  /** `HH:MM`, or nothing. */
  value: string;
  /** Nothing while what is typed is no time. */
  onChange: (clock: string) => void;
}

/** A time of day with 24 hours on every device: the browser's own field follows the device's language, not the page's. */
export function ClockInput({ value, onChange, ...props }: Props) {
  const [typed, setTyped] = useState('');
  return (
    <TextInput
      {...props}
      inputMode="numeric"
      autoComplete="off"
      placeholder="09:00"
      maxLength={8}
      // As it is typed, unless it has been set meanwhile.
      value={(parseClock(typed) ?? '') === value ? typed : value}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(parseClock(event.currentTarget.value) ?? '');
      }}
      // What was understood takes the place of what was typed; what was not stays to be put right.
      onBlur={() => setTyped(value === '' ? typed : value)}
    />
  );
}
