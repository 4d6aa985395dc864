// What has been done, what is being done, what comes: a list that a person can follow while the machine works.
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import './steps.css';

export interface Step {
  title: ReactNode;
  detail?: ReactNode;
  time?: string | undefined;
  state: 'done' | 'now' | 'todo' | 'failed';
}

export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="steps">
      {steps.map((step, at) => (
        <li key={at} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <StepDot state={step.state} number={at + 1} />
          <div>
            <b>{step.title}</b>
            {step.detail === undefined ? null : <p className="muted small">{step.detail}</p>}
          </div>
          {step.time === undefined ? null : <time>{step.time}</time>}
        </li>
      ))}
    </ol>
  );
}

function StepDot({ state, number }: { state: Step['state']; number: number }) {
  return (
    <span className="dot" aria-hidden="true">
      {state === 'done' ? <Icon name="check" /> : state === 'failed' ? <Icon name="close" /> : number}
    </span>
  );
}
