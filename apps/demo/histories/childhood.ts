/** A child from birth: the national immunisation schedule of India, growth, and one ear infection. */
import type { Chart } from '../building/chart.ts';
import { vitals } from '../building/measuring.ts';
import { allergy, problem } from '../building/problems.ts';
import { immunise, prescribe } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';
import type { VACCINES } from '../codes.ts';

/** Age in days; Universal Immunisation Programme of India, shortened. */
const SCHEDULE: readonly (readonly [vaccine: keyof typeof VACCINES, ageDays: number, dose: number])[] = [
  ['bcg', 1, 1],
  ['hepatitisB', 1, 1],
  ['pentavalent', 44, 1],
  ['polio', 44, 1],
  ['rotavirus', 44, 1],
  ['pneumococcal', 44, 1],
  ['pentavalent', 74, 2],
  ['rotavirus', 74, 2],
  ['pentavalent', 104, 3],
  ['polio', 104, 2],
  ['pneumococcal', 104, 2],
  ['measlesRubella', 285, 1],
  ['measlesRubella', 510, 2],
  ['dtp', 510, 1],
];

export function childhood(chart: Chart): Visit {
  for (const [vaccine, age, dose] of SCHEDULE) {
    immunise(chart, vaccine, { daysAgo: chart.ageDays - age, by: 'thomas-mathew', dose });
  }
  const growth: readonly (readonly [ageDays: number, weight: number, height: number])[] = [
    [285, 8.2, 70],
    [510, 9.8, 79.5],
    [1100, 13.6, 94.5],
  ];
  const checks = growth.map(([age, weight, height]) => {
    const daysAgo = chart.ageDays - age;
    const check = visit(chart, { daysAgo, with: 'thomas-mathew', kind: 'wellChild', why: 'Growth check' });
    vitals(chart, check, { weight: chart.chance.around(weight, 0.2, 1), height });
    return check;
  });
  const ear = visit(chart, {
    daysAgo: 64,
    with: 'thomas-mathew',
    kind: 'symptom',
    why: 'Fever and ear pain for two days',
  });
  vitals(chart, ear, { temperature: 38.7, pulse: 124, weight: 16.1 });
  allergy(chart, ear, 'peanut', { criticality: 'high', reaction: 'urticaria', severity: 'moderate', category: 'food' });
  const infection = problem(chart, ear, 'otitisMedia', { sinceDaysAgo: 66, untilDaysAgo: 54, severity: 'moderate' });
  prescribe(chart, ear, 'amoxicillinSyrup', {
    doses: [6, 6, 6],
    advice: 'for seven days, shake before use',
    days: 7,
    status: 'completed',
    because: infection,
  });
  prescribe(chart, ear, 'paracetamolSyrup', {
    doses: [5, 5, 5],
    advice: 'for fever or pain, at least six hours apart',
    days: 3,
    status: 'completed',
    because: infection,
    whenNeeded: true,
  });
  return checks[0] ?? ear;
}
