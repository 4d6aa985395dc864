// A row of chips of which one holds.
import { useId } from 'react';
import { Icon } from '../parts/icon.tsx';

interface ChoicesProps {
  label: string;
  options: readonly { readonly value: string; readonly words: string }[];
  value: string | undefined;
  onChoose: (value: string) => void;
}

export function Choices({ label, options, value, onChoose }: ChoicesProps) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <h4 id={id}>{label}</h4>
      <div className="visit-chips">
        {options.map((option) => (
          <button
            key={option.value}
            type="button"
            className="chip"
            aria-pressed={option.value === value}
            onClick={() => onChoose(option.value)}
          >
            {option.value === value ? <Icon name="check" little /> : null}
            {option.words}
          </button>
        ))}
      </div>
    </div>
  );
}
