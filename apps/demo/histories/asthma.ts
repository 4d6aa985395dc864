/** Asthma from house dust: peak flow rises once the preventing inhaler is used every day. */
import type { Chart } from '../building/chart.ts';
import { finding, laboratory, smoking, vitals } from '../building/measuring.ts';
import { allergy, problem } from '../building/problems.ts';
import { immunise, prescribe, procedure } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';

export function asthma(chart: Chart): Visit {
  const first = visit(chart, {
    daysAgo: 1330,
    with: 'sunita-joshi',
    kind: 'symptom',
    why: 'Wheeze at night, worse when sweeping',
  });
  const disease = problem(chart, first, 'asthma', { sinceDaysAgo: 5200, severity: 'moderate' });
  allergy(chart, first, 'houseDustMite', {
    criticality: 'low',
    reaction: 'sneezing',
    severity: 'mild',
    category: 'environment',
  });
  smoking(chart, first, 'never');
  vitals(chart, first, { weight: 57, height: 160, oxygen: 96, breathing: 20 });
  finding(chart, first, 'peakFlow', 290);
  procedure(chart, first, 'spirometry');
  prescribe(chart, first, 'salbutamol', {
    doses: [2, 2, 2],
    advice: 'for wheeze',
    days: 60,
    status: 'active',
    because: disease,
    repeats: 3,
    whenNeeded: true,
  });
  prescribe(chart, first, 'budesonide', {
    doses: [1, 0, 1],
    advice: 'every day, rinse the mouth after',
    days: 60,
    status: 'active',
    because: disease,
    repeats: 5,
  });

  const flows: readonly (readonly [daysAgo: number, flow: number])[] = [
    [1220, 335],
    [860, 350],
    [470, 370],
  ];
  for (const [daysAgo, flow] of flows) {
    const seen = visit(chart, { daysAgo, with: 'sunita-joshi', kind: 'followUp', why: 'Asthma review' });
    vitals(chart, seen, { oxygen: 98 });
    finding(chart, seen, 'peakFlow', flow);
  }
  const latest = visit(chart, { daysAgo: 44, with: 'sunita-joshi', kind: 'followUp', why: 'Asthma review' });
  vitals(chart, latest, { oxygen: 98, weight: 58.6, pressure: [116, 74] });
  finding(chart, latest, 'peakFlow', 385);
  laboratory(chart, latest, 'bloodCount', { hemoglobin: 12.4, leukocytes: 7.1 });
  immunise(chart, 'influenza', { daysAgo: 44, by: 'sunita-joshi' });
  return first;
}
