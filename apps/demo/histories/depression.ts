/** A depressive episode that lifts under treatment (a sensitive category), and an appendix taken out. */
import type { Chart } from '../building/chart.ts';
import { finding, laboratory, smoking, vitals } from '../building/measuring.ts';
import { noKnownAllergy, problem } from '../building/problems.ts';
import { immunise, prescribe, procedure } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';

export function depression(chart: Chart): Visit {
  const belly = visit(chart, {
    daysAgo: 1150,
    with: 'sunita-joshi',
    kind: 'inpatient',
    why: 'Pain low on the right side, fever',
    nights: 3,
  });
  noKnownAllergy(chart, belly);
  smoking(chart, belly, 'never');
  problem(chart, belly, 'appendicitis', { sinceDaysAgo: 1151, untilDaysAgo: 1140, severity: 'severe' });
  vitals(chart, belly, { temperature: 38.4, pulse: 104, pressure: [124, 78], weight: 66, height: 174 });
  laboratory(chart, belly, 'bloodCount', { leukocytes: 15.8, hemoglobin: 14.6, platelets: 268 });
  laboratory(chart, belly, 'inflammation', { reactiveProtein: 88 });
  procedure(chart, belly, 'appendectomy', 'Keyhole operation without complications.');

  const low = visit(chart, {
    daysAgo: 320,
    with: 'sunita-joshi',
    kind: 'symptom',
    why: 'No sleep, no joy since moving for work',
  });
  const episode = problem(chart, low, 'depression', { sinceDaysAgo: 380, severity: 'moderate' });
  finding(chart, low, 'depressionScore', 17);
  laboratory(chart, low, 'thyroid', { tsh: 2.1 });
  prescribe(chart, low, 'sertraline', {
    doses: [1, 0, 0],
    advice: 'in the morning, effect after two to four weeks',
    days: 30,
    status: 'active',
    because: episode,
    repeats: 5,
  });

  const scores: readonly (readonly [daysAgo: number, score: number])[] = [
    [275, 12],
    [190, 8],
    [38, 4],
  ];
  for (const [daysAgo, score] of scores) {
    const seen = visit(chart, { daysAgo, with: 'sunita-joshi', kind: 'followUp', why: 'How the treatment goes' });
    finding(chart, seen, 'depressionScore', score);
  }
  immunise(chart, 'tdap', { daysAgo: 1100, by: 'sunita-joshi' });
  return belly;
}
