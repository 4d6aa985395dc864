/** An underactive thyroid settled on tablets, and thin bones found by a scan. */
import type { Chart } from '../building/chart.ts';
import { finding, laboratory, smoking, vitals } from '../building/measuring.ts';
import { allergy, problem } from '../building/problems.ts';
import { immunise, prescribe, procedure } from '../building/treating.ts';
import { type Visit, visit } from '../building/visits.ts';

export function thyroidAndBones(chart: Chart): Visit {
  const first = visit(chart, {
    daysAgo: 1610,
    with: 'sunita-joshi',
    kind: 'symptom',
    why: 'Always cold, tired, hair falling',
  });
  allergy(chart, first, 'penicillin', {
    criticality: 'low',
    reaction: 'urticaria',
    severity: 'mild',
    category: 'medication',
  });
  smoking(chart, first, 'never');
  const thyroid = problem(chart, first, 'hypothyroidism', { sinceDaysAgo: 1610 });
  vitals(chart, first, { weight: 68, height: 155, pulse: 58 });
  laboratory(chart, first, 'thyroid', { tsh: 12.4, freeThyroxine: 0.6 }, 'Thyroid underactive.');
  prescribe(chart, first, 'levothyroxine', {
    doses: [1, 0, 0],
    advice: 'on an empty stomach, half an hour before tea',
    days: 90,
    status: 'active',
    because: thyroid,
    repeats: 3,
  });

  const settled = visit(chart, {
    daysAgo: 1490,
    with: 'sunita-joshi',
    kind: 'followUp',
    why: 'Thyroid after four months of tablets',
  });
  laboratory(chart, settled, 'thyroid', { tsh: 5.1, freeThyroxine: 1.0 });

  const knee = visit(chart, {
    daysAgo: 540,
    with: 'sunita-joshi',
    kind: 'symptom',
    why: 'Knee pain on stairs, back pain after lifting',
  });
  const arthritis = problem(chart, knee, 'kneeArthritis', { sinceDaysAgo: 900, severity: 'mild' });
  procedure(chart, knee, 'boneDensity');
  finding(chart, knee, 'boneDensity', -2.7);
  const bones = problem(chart, knee, 'osteoporosis', { sinceDaysAgo: 540 });
  prescribe(chart, knee, 'alendronate', {
    doses: [1, 0, 0],
    advice: 'upright, with a full glass of water',
    days: 84,
    status: 'active',
    because: bones,
    weekly: true,
    repeats: 3,
  });
  prescribe(chart, knee, 'colecalciferol', {
    doses: [1, 0, 0],
    advice: 'after food',
    days: 90,
    status: 'active',
    because: bones,
    repeats: 3,
  });
  prescribe(chart, knee, 'paracetamol', {
    doses: [1, 1, 1],
    advice: 'for knee pain',
    days: 20,
    status: 'completed',
    because: arthritis,
    whenNeeded: true,
  });

  const latest = visit(chart, { daysAgo: 76, with: 'sunita-joshi', kind: 'followUp', why: 'Yearly thyroid check' });
  vitals(chart, latest, { weight: 64.2, pulse: 70, pressure: [128, 78] });
  laboratory(chart, latest, 'thyroid', { tsh: 2.3 }, 'Well adjusted.');
  immunise(chart, 'influenza', { daysAgo: 76, by: 'sunita-joshi' });
  return first;
}
