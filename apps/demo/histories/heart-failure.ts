/** Heart failure after a heart attack: weight, NT-proBNP and heart function over three years. */
import type { Chart } from '../building/chart.ts';
import { finding, laboratory, smoking, study, vitals } from '../building/measuring.ts';
import { allergy, problem } from '../building/problems.ts';
import { immunise, prescribe, procedure } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';

export function heartFailure(chart: Chart): Visit {
  const attack = visit(chart, {
    daysAgo: 1210,
    with: 'arjun-nair',
    kind: 'inpatient',
    why: 'Chest pain for three hours',
    nights: 6,
  });
  const infarction = problem(chart, attack, 'oldInfarction', { sinceDaysAgo: 1210, severity: 'severe' });
  procedure(chart, attack, 'coronaryStent', 'One stent in the left anterior descending artery.');
  allergy(chart, attack, 'sulfonamide', {
    criticality: 'low',
    reaction: 'rash',
    severity: 'mild',
    category: 'medication',
  });
  smoking(chart, attack, 'former');
  prescribe(chart, attack, 'clopidogrel', {
    doses: [1, 0, 0],
    advice: 'after food',
    days: 90,
    status: 'active',
    because: infarction,
    repeats: 3,
  });

  const failing = visit(chart, {
    daysAgo: 640,
    with: 'arjun-nair',
    kind: 'symptom',
    why: 'Short of breath lying flat, swollen feet',
  });
  const failure = problem(chart, failing, 'heartFailure', { sinceDaysAgo: 640, severity: 'severe' });
  vitals(chart, failing, { pressure: [148, 88], weight: 78.4, oxygen: 93 });
  laboratory(chart, failing, 'heart', { ntProBnp: 3280 }, 'Marked strain on the heart.');
  procedure(chart, failing, 'echocardiography');
  study(chart, failing, 'echocardiogram', 'Left ventricle enlarged, ejection fraction 31 %.', [
    finding(chart, failing, 'ejectionFraction', 31),
  ]);
  prescribe(chart, failing, 'furosemide', {
    doses: [1, 0, 0],
    advice: 'in the morning, weigh yourself daily',
    days: 30,
    status: 'active',
    because: failure,
    repeats: 5,
  });
  prescribe(chart, failing, 'carvedilol', {
    doses: [1, 0, 1],
    advice: 'with food',
    days: 30,
    status: 'active',
    because: failure,
    repeats: 5,
  });
  prescribe(chart, failing, 'ramipril', {
    doses: [1, 0, 0],
    advice: 'in the morning',
    days: 30,
    status: 'active',
    because: failure,
    repeats: 5,
  });

  const better = visit(chart, {
    daysAgo: 310,
    with: 'arjun-nair',
    kind: 'followUp',
    why: 'Heart failure, breath better',
  });
  vitals(chart, better, { pressure: [126, 76], weight: 73.1, oxygen: 96 });
  laboratory(chart, better, 'heart', { ntProBnp: 1460 });
  laboratory(chart, better, 'basic', { potassium: 4.6 });
  immunise(chart, 'pneumococcal', { daysAgo: 310, by: 'sunita-joshi' });

  const latest = visit(chart, {
    daysAgo: 27,
    with: 'arjun-nair',
    kind: 'followUp',
    why: 'Heart failure, two kilograms up since August',
  });
  vitals(chart, latest, { pressure: [118, 72], weight: 75.2, oxygen: 95 });
  laboratory(
    chart,
    latest,
    'basic',
    { potassium: 5.3, creatinine: 1.5 },
    'Potassium slightly high: repeat in four weeks.',
  );
  immunise(chart, 'influenza', { daysAgo: 27, by: 'sunita-joshi' });
  return attack;
}
