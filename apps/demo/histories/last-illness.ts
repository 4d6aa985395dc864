/** An old man's last years: high pressure, a heart attack, and the pneumonia he died of. */
import type { Chart } from '../building/chart.ts';
import { laboratory, smoking, study, vitals } from '../building/measuring.ts';
import { noKnownAllergy, problem } from '../building/problems.ts';
import { immunise, prescribe, procedure } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';

export function lastIllness(chart: Chart, diedDaysAgo: number): Visit {
  const first = visit(chart, { daysAgo: 1700, with: 'sunita-joshi', kind: 'checkUp', why: 'Blood pressure' });
  noKnownAllergy(chart, first);
  smoking(chart, first, 'former');
  const hypertension = problem(chart, first, 'hypertension', { sinceDaysAgo: 4200 });
  vitals(chart, first, { pressure: [158, 84], weight: 60, height: 164 });
  laboratory(chart, first, 'lipids', { cholesterol: 228, ldl: 152, triglycerides: 172 });
  prescribe(chart, first, 'amlodipine', {
    doses: [1, 0, 0],
    advice: 'in the morning',
    days: 90,
    status: 'completed',
    because: hypertension,
  });

  const attack = visit(chart, {
    daysAgo: 980,
    with: 'arjun-nair',
    kind: 'inpatient',
    why: 'Chest pain and sweating',
    nights: 7,
  });
  const infarction = problem(chart, attack, 'oldInfarction', { sinceDaysAgo: 980, severity: 'severe' });
  procedure(chart, attack, 'electrocardiogram');
  study(chart, attack, 'electrocardiogram', 'ST elevation in II, III and aVF.');
  prescribe(chart, attack, 'clopidogrel', {
    doses: [1, 0, 0],
    advice: 'after food',
    days: 90,
    status: 'completed',
    because: infarction,
  });
  prescribe(chart, attack, 'atorvastatin', {
    doses: [0, 0, 1],
    advice: 'at bedtime',
    days: 90,
    status: 'completed',
    because: infarction,
  });

  const calm = visit(chart, { daysAgo: 420, with: 'sunita-joshi', kind: 'followUp', why: 'Half-yearly check' });
  vitals(chart, calm, { pressure: [132, 72], weight: 56.2 });
  immunise(chart, 'influenza', { daysAgo: 420, by: 'sunita-joshi' });

  const last = visit(chart, {
    daysAgo: diedDaysAgo + 6,
    with: 'sunita-joshi',
    kind: 'inpatient',
    why: 'Fever, confusion, breathless',
    nights: 6,
  });
  problem(chart, last, 'pneumonia', { sinceDaysAgo: diedDaysAgo + 8, severity: 'severe' });
  vitals(chart, last, { temperature: 39.2, pulse: 118, oxygen: 84, breathing: 32 });
  laboratory(chart, last, 'inflammation', { reactiveProtein: 214 });
  procedure(chart, last, 'chestXray');
  study(chart, last, 'chestXray', 'Dense shadow in the right lower lobe.');
  return first;
}
