// The steps of a check in a reader's words: what was done, and what came out.
import { useTranslation } from 'react-i18next';
import { Steps } from '../parts/steps.tsx';
import type { CheckStep } from './check-step.ts';
import { failureWords } from './failure-words.ts';

export function CheckSteps({ steps }: { steps: readonly CheckStep[] }) {
  const { t } = useTranslation();
  return (
    <Steps
      steps={steps.map((step) => ({
        title: t(`check.step.${step.name}.title`, step.values ?? {}),
        detail:
          step.state === 'failed'
            ? failureWords(step.reason, t)
            : t(`check.step.${step.name}.detail`, step.values ?? {}),
        state: step.state,
      }))}
    />
  );
}
