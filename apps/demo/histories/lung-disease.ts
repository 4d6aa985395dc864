/** Chronic obstructive lung disease in a man who stopped smoking: breathing tests, a flare-up, inhalers. */
import type { Chart } from '../building/chart.ts';
import { finding, laboratory, smoking, study, vitals } from '../building/measuring.ts';
import { noKnownAllergy, problem } from '../building/problems.ts';
import { immunise, prescribe, procedure } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';

export function lungDisease(chart: Chart): Visit {
  const first = visit(chart, {
    daysAgo: 1420,
    with: 'sunita-joshi',
    kind: 'symptom',
    why: 'Cough every morning, short of breath on hills',
  });
  noKnownAllergy(chart, first);
  smoking(chart, first, 'former');
  const copd = problem(chart, first, 'copd', { sinceDaysAgo: 1420, severity: 'moderate' });
  vitals(chart, first, { weight: 64, height: 170, oxygen: 95 });
  procedure(chart, first, 'spirometry');
  finding(chart, first, 'firstSecondVolume', 2.1);
  procedure(chart, first, 'chestXray');
  study(chart, first, 'chestXray', 'Lungs overinflated, no shadow.');
  prescribe(chart, first, 'tiotropium', {
    doses: [2, 0, 0],
    advice: 'every morning',
    days: 30,
    status: 'active',
    because: copd,
    repeats: 11,
  });
  prescribe(chart, first, 'salbutamol', {
    doses: [2, 2, 2],
    advice: 'when short of breath',
    days: 60,
    status: 'active',
    because: copd,
    repeats: 5,
    whenNeeded: true,
  });

  const yearly = visit(chart, { daysAgo: 730, with: 'sunita-joshi', kind: 'followUp', why: 'Yearly lung check' });
  vitals(chart, yearly, { oxygen: 94, weight: 62.8 });
  finding(chart, yearly, 'firstSecondVolume', 1.9);
  immunise(chart, 'pneumococcal', { daysAgo: 730, by: 'sunita-joshi' });

  const flare = visit(chart, {
    daysAgo: 205,
    with: 'sunita-joshi',
    kind: 'symptom',
    why: 'More cough and yellow phlegm for four days',
  });
  vitals(chart, flare, { oxygen: 90, temperature: 37.9, breathing: 24 });
  laboratory(chart, flare, 'inflammation', { reactiveProtein: 46, leukocytes: 13.2 });
  prescribe(chart, flare, 'azithromycin', {
    doses: [1, 0, 0],
    advice: 'for three days',
    days: 3,
    status: 'completed',
    because: copd,
  });

  const latest = visit(chart, { daysAgo: 33, with: 'sunita-joshi', kind: 'followUp', why: 'Lung check before winter' });
  vitals(chart, latest, { oxygen: 93, weight: 61.9, pressure: [132, 80] });
  finding(chart, latest, 'firstSecondVolume', 1.8);
  immunise(chart, 'influenza', { daysAgo: 33, by: 'sunita-joshi' });
  return first;
}
