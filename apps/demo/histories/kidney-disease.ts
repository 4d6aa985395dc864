/** Chronic kidney disease with hypertension: filtration falls year by year, pressure comes under control. */
import type { Chart } from '../building/chart.ts';
import { laboratory, smoking, vitals } from '../building/measuring.ts';
import { noKnownAllergy, problem } from '../building/problems.ts';
import { immunise, prescribe } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';

export function kidneyDisease(chart: Chart): Visit {
  const first = visit(chart, { daysAgo: 1790, with: 'sunita-joshi', kind: 'checkUp', why: 'Health check' });
  noKnownAllergy(chart, first);
  smoking(chart, first, 'never');
  const hypertension = problem(chart, first, 'hypertension', { sinceDaysAgo: 1790, severity: 'moderate' });
  vitals(chart, first, { pressure: [164, 102], weight: 81, height: 172 });
  laboratory(chart, first, 'basic', { creatinine: 1.2, filtration: 71, potassium: 4.3 });
  prescribe(chart, first, 'amlodipine', {
    doses: [1, 0, 0],
    advice: 'in the morning',
    days: 30,
    status: 'active',
    because: hypertension,
    repeats: 11,
  });

  const kidney = visit(chart, {
    daysAgo: 1040,
    with: 'sunita-joshi',
    kind: 'followUp',
    why: 'Blood pressure and kidneys',
  });
  const disease = problem(chart, kidney, 'kidneyDisease', { sinceDaysAgo: 1040 });
  vitals(chart, kidney, { pressure: [148, 92] });
  laboratory(
    chart,
    kidney,
    'basic',
    { creatinine: 1.5, filtration: 55, potassium: 4.7 },
    'Filtration lower than before.',
  );
  prescribe(chart, kidney, 'telmisartan', {
    doses: [1, 0, 0],
    advice: 'before breakfast',
    days: 30,
    status: 'active',
    because: disease,
    repeats: 11,
  });

  const latest = visit(chart, {
    daysAgo: 21,
    with: 'sunita-joshi',
    kind: 'followUp',
    why: 'Blood pressure and kidneys',
  });
  vitals(chart, latest, { pressure: [134, 82], weight: 78.5 });
  laboratory(
    chart,
    latest,
    'basic',
    { creatinine: 1.8, filtration: 44, potassium: 5.2, sodium: 139 },
    'No painkillers of the ibuprofen kind.',
  );
  laboratory(chart, latest, 'bloodCount', { hemoglobin: 11.6 });
  immunise(chart, 'influenza', { daysAgo: 21, by: 'sunita-joshi' });
  return first;
}
