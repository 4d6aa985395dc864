/** Type 2 diabetes and hypertension, treated well: sugar falls over six years, cholesterol has yet to follow. */
import type { Chart } from '../building/chart.ts';
import { laboratory, smoking, study, vitals } from '../building/measuring.ts';
import { allergy, problem } from '../building/problems.ts';
import { immunise, prescribe, procedure } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';

export function type2Diabetes(chart: Chart): Visit {
  const first = visit(chart, {
    daysAgo: 2290,
    with: 'sunita-joshi',
    kind: 'symptom',
    why: 'Thirst and tiredness for a month',
  });
  const diabetes = problem(chart, first, 'type2Diabetes', { sinceDaysAgo: 2290, severity: 'moderate' });
  allergy(chart, first, 'aspirin', {
    criticality: 'high',
    reaction: 'wheezing',
    severity: 'severe',
    category: 'medication',
  });
  allergy(chart, first, 'penicillin', {
    criticality: 'low',
    reaction: 'rash',
    severity: 'moderate',
    category: 'medication',
  });
  smoking(chart, first, 'never');
  vitals(chart, first, { weight: 71, height: 158 });
  laboratory(chart, first, 'diabetes', { hba1c: 8.6 });
  prescribe(chart, first, 'metformin', {
    doses: [1, 0, 1],
    advice: 'after food',
    days: 90,
    status: 'completed',
    because: diabetes,
  });

  const pressure = visit(chart, {
    daysAgo: 1880,
    with: 'sunita-joshi',
    kind: 'followUp',
    why: 'Blood pressure high at three measurements',
  });
  const hypertension = problem(chart, pressure, 'hypertension', { sinceDaysAgo: 1880 });
  vitals(chart, pressure, { pressure: [152, 96] });

  const june = visit(chart, {
    daysAgo: 176,
    with: 'sunita-joshi',
    kind: 'followUp',
    why: 'Diabetes and blood pressure, half-yearly',
  });
  vitals(chart, june, { pressure: [148, 94] });
  laboratory(chart, june, 'diabetes', { hba1c: 7.9 }, 'Above the agreed aim of 7.0 %.');
  procedure(chart, june, 'electrocardiogram');
  study(chart, june, 'electrocardiogram', 'Sinus rhythm, 78 a minute, no ST change.');

  const autumn = visit(chart, { daysAgo: 50, with: 'sunita-joshi', kind: 'followUp', why: 'Blood pressure check' });
  vitals(chart, autumn, { pressure: [131, 82] });
  immunise(chart, 'influenza', { daysAgo: 50, by: 'sunita-joshi' });

  const latest = visit(chart, {
    daysAgo: 8,
    with: 'sunita-joshi',
    kind: 'symptom',
    why: 'Tight chest on stairs, none at rest; referred to the heart clinic',
  });
  problem(chart, latest, 'chestPain', {
    sinceDaysAgo: 18,
    certain: false,
    note: 'On effort only. Heart clinic to see her.',
  });
  vitals(chart, latest, { pressure: [138, 86], weight: 68 });
  laboratory(chart, latest, 'diabetes', { hba1c: 7.1 }, 'Better than in June, close to the aim of 7.0 %.');
  laboratory(chart, latest, 'lipids', { ldl: 148 }, 'LDL cholesterol too high.');
  laboratory(chart, latest, 'basic', { creatinine: 0.9 });
  prescribe(chart, latest, 'metformin', {
    doses: [1, 0, 1],
    advice: 'after food',
    days: 30,
    status: 'active',
    because: diabetes,
    repeats: 2,
  });
  prescribe(chart, latest, 'telmisartan', {
    doses: [1, 0, 0],
    advice: 'before breakfast',
    days: 30,
    status: 'active',
    because: hypertension,
    repeats: 2,
  });
  return first;
}
