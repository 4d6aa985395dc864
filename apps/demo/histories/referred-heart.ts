/** Meera Kulkarni at the heart institute, where she came with a letter: what she cannot take has not been asked there yet. */
import type { Chart } from '../building/chart.ts';
import { finding, study, vitals } from '../building/measuring.ts';
import { problem } from '../building/problems.ts';
import { procedure } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';

export function referredHeart(chart: Chart): Visit {
  const first = visit(chart, {
    daysAgo: 5,
    with: 'suhas-ranade',
    kind: 'symptom',
    why: 'Tight chest on stairs; letter from her family doctor',
    clock: '10:15',
  });
  problem(chart, first, 'chestPain', {
    sinceDaysAgo: 18,
    certain: false,
    note: 'On effort only. Stress test to follow.',
  });
  vitals(chart, first, { pressure: [136, 84], pulse: 82, weight: 68, height: 158 });
  procedure(chart, first, 'electrocardiogram');
  study(chart, first, 'electrocardiogram', 'Sinus rhythm, 80 a minute, no ST change.');
  procedure(chart, first, 'echocardiography');
  const pumping = finding(chart, first, 'ejectionFraction', 60);
  study(chart, first, 'echocardiogram', 'Normal size and pumping of both chambers.', [pumping]);
  return first;
}
