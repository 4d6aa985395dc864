/** Type 1 diabetes from school age: insulin, HbA1c with the ups and downs of the years, growth. */
import type { Chart } from '../building/chart.ts';
import { laboratory, vitals } from '../building/measuring.ts';
import { noKnownAllergy, problem } from '../building/problems.ts';
import { immunise, prescribe, procedure } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';

export function type1Diabetes(chart: Chart): Visit {
  const first = visit(chart, {
    daysAgo: 1260,
    with: 'thomas-mathew',
    kind: 'inpatient',
    why: 'Thirst, weight loss, vomiting',
    nights: 5,
  });
  noKnownAllergy(chart, first);
  const diabetes = problem(chart, first, 'type1Diabetes', { sinceDaysAgo: 1260, severity: 'severe' });
  vitals(chart, first, { weight: 33.5, height: 144, pulse: 112 });
  laboratory(chart, first, 'diabetes', { hba1c: 11.8, fastingGlucose: 386 });
  prescribe(chart, first, 'insulinGlargine', {
    doses: [0, 0, 14],
    advice: 'at bedtime',
    days: 30,
    status: 'active',
    because: diabetes,
    repeats: 11,
  });
  prescribe(chart, first, 'insulinLispro', {
    doses: [6, 6, 6],
    advice: 'before meals, by the carbohydrate table',
    days: 30,
    status: 'active',
    because: diabetes,
    repeats: 11,
  });

  const course: readonly (readonly [daysAgo: number, hba1c: number, weight: number, height: number])[] = [
    [1080, 8.1, 38.2, 147],
    [720, 7.6, 43.4, 153],
    [360, 8.4, 48.9, 158],
  ];
  for (const [daysAgo, hba1c, weight, height] of course) {
    const seen = visit(chart, { daysAgo, with: 'thomas-mathew', kind: 'followUp', why: 'Diabetes review' });
    vitals(chart, seen, { weight: chart.chance.around(weight, 0.3, 1), height });
    laboratory(chart, seen, 'diabetes', { hba1c });
  }
  const latest = visit(chart, { daysAgo: 17, with: 'thomas-mathew', kind: 'followUp', why: 'Diabetes review' });
  vitals(chart, latest, { weight: 51.3 });
  laboratory(chart, latest, 'diabetes', { hba1c: 7.4 }, 'Better since she uses the sensor.');
  procedure(chart, latest, 'footExamination', 'Feeling and pulses normal.');
  immunise(chart, 'influenza', { daysAgo: 17, by: 'thomas-mathew' });
  return first;
}
